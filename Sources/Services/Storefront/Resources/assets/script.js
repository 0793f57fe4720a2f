// Optional: every page works without this file.
(() => {
  const root = document.documentElement;
  root.classList.add('js');
  // For browsers that support autofocus on inputs only.
  if (document.activeElement === document.body) document.querySelector('[autofocus]')?.focus();
  let latest = 0;
  const swap = async (url, keep, focus) => {
    const turn = ++latest;
    try {
      const response = await fetch(url);
      const page = new DOMParser().parseFromString(await response.text(), 'text/html');
      // A late response must not replace the newer choice.
      if (turn !== latest) return;
      const fresh = page.querySelector(keep), old = document.querySelector(keep);
      if (!response.ok || !fresh || !old) return location.assign(url);
      for (const field of old.querySelectorAll('input[id]')) {
        const twin = fresh.querySelector('#' + field.id);
        if (twin && !twin.value) twin.value = field.value;
      }
      old.replaceWith(fresh);
      history.replaceState(null, '', url);
      if (focus) document.getElementById(focus)?.focus();
    } catch {
      if (turn === latest) location.assign(url);
    }
  };
  document.addEventListener('change', event => {
    const input = event.target, form = input.form;
    if (!form) return;
    if (form.matches('.picker') && input.type === 'radio') {
      const query = new URLSearchParams();
      for (const [name, value] of new FormData(form)) if (/^o\d$/.test(name)) query.set(name, value);
      swap(location.pathname + '?' + query, '#product', input.id);
    } else if (input.dataset.place) {
      // Autofill may select the value that is already selected.
      if (input.value !== form.elements.region_country?.value) swap(input.dataset.place + input.value, '#place', input.id);
    } else if (input.dataset.ship) {
      form.noValidate = true;
      form.action = input.dataset.ship;
      form.submit();
    } else if (form.matches('[data-auto]') && !input.matches('[inputmode=decimal]')) {
      form.requestSubmit();
    }
  });
  document.addEventListener('click', event => {
    const link = event.target.closest('a[data-swap]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    swap(link.href, '#product');
  });
  document.addEventListener('submit', event => {
    const form = event.target;
    if (!form.matches('[data-once]')) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = '1';
  });
  addEventListener('pageshow', () => document.querySelectorAll('[data-sent]').forEach(form => delete form.dataset.sent));
})();
