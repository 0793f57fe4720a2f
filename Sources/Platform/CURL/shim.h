#pragma once
#include <curl/curl.h>

// curl_easy_setopt is variadic, which Swift does not import: one typed function an argument type.
static inline CURLcode magpie_curl_set_string(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode magpie_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode magpie_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}
typedef size_t (*magpie_curl_read)(char *, size_t, size_t, void *);
static inline CURLcode magpie_curl_set_read(CURL *handle, magpie_curl_read value) {
    return curl_easy_setopt(handle, CURLOPT_READFUNCTION, value);
}
// The last response code of the server, 0 when there was none.
static inline long magpie_curl_response_code(CURL *handle) {
    long code = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &code);
    return code;
}
