/// The stylesheet of the operations page, for wide and narrow windows, bright and dark.
enum OperationsStyle {
    static let css = """
        :root {
          color-scheme: light dark;
          --page: #f5f6f8; --panel: #ffffff; --text: #1b1f27; --quiet: #555d6b; --line: #d9dde4; --link: #0b57b0;
          --ok: #11632e; --ok-page: #e0f3e6; --warning: #6b4400; --warning-page: #fff0cc;
          --critical: #96001a; --critical-page: #ffe3e7;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --page: #14171c; --panel: #1c2027; --text: #e8eaee; --quiet: #a9b1bf; --line: #343b47; --link: #8ebdff;
            --ok: #8be0a6; --ok-page: #133321; --warning: #ffd58a; --warning-page: #3d2c05;
            --critical: #ffb9c2; --critical-page: #4d0f1a;
          }
        }
        * { box-sizing: border-box; }
        body {
          margin: 0 auto; padding: 1rem; max-width: 78rem; background: var(--page); color: var(--text);
          font: 1rem/1.45 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
        }
        a { color: var(--link); }
        h1 { margin: 0; font-size: 1.5rem; overflow-wrap: anywhere; }
        h2 { margin: 0 0 0.25rem; font-size: 1.125rem; }
        h3, caption { margin: 0; padding: 0.75rem 0 0.25rem; font-size: 0.875rem; font-weight: 600; text-align: start; }
        p { margin: 0.25rem 0; }
        code { font-size: 0.8125rem; overflow-wrap: anywhere; }
        header p, .note, .runbooks, .absent, section > p { color: var(--quiet); font-size: 0.875rem; }
        .choices a, nav a { display: inline-block; padding: 0.25rem 0; margin-inline-end: 1rem; font-size: 0.875rem; }
        nav { margin: 0.5rem 0; border-block: 1px solid var(--line); }
        nav ul { display: flex; flex-wrap: wrap; margin: 0; padding: 0; list-style: none; }
        main { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; margin-top: 1rem; }
        section {
          padding: 1rem; background: var(--panel); border: 1px solid var(--line); border-radius: 0.5rem;
          scroll-margin-top: 0.5rem;
        }
        #attention ul { margin: 0.25rem 0; padding: 0; list-style: none; }
        #attention li { padding: 0.25rem 0; color: var(--text); overflow-wrap: anywhere; }
        .ok, .warning, .critical {
          display: inline-block; padding: 0 0.375rem; border-radius: 0.25rem; font-size: 0.875rem; font-weight: 600;
          white-space: nowrap;
        }
        .ok { color: var(--ok); background: var(--ok-page); }
        .warning { color: var(--warning); background: var(--warning-page); }
        .critical { color: var(--critical); background: var(--critical-page); }
        table { width: 100%; border-collapse: collapse; font-size: 0.875rem; font-variant-numeric: tabular-nums; }
        th, td { padding: 0.25rem 0.5rem; border-top: 1px solid var(--line); text-align: start; vertical-align: top; }
        th:first-child { padding-inline-start: 0; }
        td:last-child, th:last-child { padding-inline-end: 0; }
        thead th { border: 0; color: var(--quiet); font-size: 0.8125rem; font-weight: 400; vertical-align: bottom; }
        tbody th { font-weight: 400; overflow-wrap: anywhere; }
        .number { text-align: end; white-space: nowrap; }
        thead .number { white-space: normal; }
        .runbooks { margin-top: 0.75rem; }
        .runbooks ul, .runbooks li { display: inline; margin: 0; padding: 0; }
        .runbooks li:not(:last-child)::after { content: ","; }
        @media (min-width: 64rem) {
          main { grid-template-columns: repeat(2, minmax(0, 1fr)); }
          #attention, #traffic, #saturation, #calls, #stores, #consumers, #telemetry { grid-column: 1 / -1; }
        }
        @media (max-width: 40rem) {
          body { padding: 0.75rem; }
          section { padding: 0.75rem; }
          td:not(.number) { overflow-wrap: anywhere; }
          .number { white-space: normal; }
          .wide, .wide tbody, .wide caption { display: block; }
          .wide thead {
            position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
          }
          .wide tbody tr {
            display: flex; flex-wrap: wrap; gap: 0 0.75rem; padding: 0.375rem 0; border-top: 1px solid var(--line);
          }
          .wide tbody th, .wide tbody td { padding: 0; border: 0; }
          .wide tbody th { flex: 0 0 100%; font-weight: 600; }
          .wide tbody td::before { content: attr(data-label) " "; color: var(--quiet); font-size: 0.8125rem; }
        }
        @media (max-width: 23rem) {
          th, td { overflow-wrap: anywhere; }
        }

        """
}
