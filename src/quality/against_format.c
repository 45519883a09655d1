/* Formats as Graph's answers have them; docs/against.md lists them. */
#include "src/quality/against_format.h"

#include "datebook/spelling.h"
#include "datebook/utf16.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { TEXT_UNITS = 255, ID_LENGTH = 60 };

const char *value_format_name(enum value_format format)
{
    static const char *const names[VALUE_FORMATS] = {
        [FORMAT_NULL] = "null",
        [FORMAT_BOOL] = "true or false",
        [FORMAT_WHOLE] = "whole number",
        [FORMAT_FRACTION] = "number with a fraction",
        [FORMAT_LIST] = "list",
        [FORMAT_EMPTY_LIST] = "empty list",
        [FORMAT_OBJECT] = "object",
        [FORMAT_EMPTY_OBJECT] = "empty object",
        [FORMAT_EMPTY_TEXT] = "empty text",
        [FORMAT_TIME_27] = "27 characters",
        [FORMAT_TIME_WHOLE_SECONDS] = "no fraction",
        [FORMAT_TIME_OTHER_FRACTION] = "another fraction",
        [FORMAT_STAMP_UTC] = "UTC with Z",
        [FORMAT_STAMP_NONE] = "0001-01-01 for none",
        [FORMAT_STAMP_OFFSET] = "with an offset",
        [FORMAT_DATE] = "date",
        [FORMAT_NO_TIME] = "no time",
        [FORMAT_ZONE_UTC] = "UTC",
        [FORMAT_ZONE_IANA] = "IANA zone",
        [FORMAT_ZONE_WINDOWS] = "Windows zone",
        [FORMAT_ZONE_OTHER] = "other zone",
        [FORMAT_ETAG] = "W/\"…\"",
        [FORMAT_ETAG_OTHER] = "other tag",
        [FORMAT_ID] = "URL-safe base64",
        [FORMAT_ID_OTHER] = "other id",
        [FORMAT_NAME] = "Graph's spelling",
        [FORMAT_NAME_CASE] = "other case",
        [FORMAT_NAME_UNKNOWN] = "undocumented",
        [FORMAT_ADDRESS] = "mail address",
        [FORMAT_ADDRESS_X500] = "X.500 address",
        [FORMAT_ADDRESS_OTHER] = "no address",
        [FORMAT_URL_OFFICE_ITEM] = "outlook.office365.com item",
        [FORMAT_URL_LIVE] = "outlook.live.com",
        [FORMAT_URL_OFFICE] = "outlook.office.com",
        [FORMAT_URL_TEAMS] = "teams.microsoft.com",
        [FORMAT_URL_HTTPS] = "other https",
        [FORMAT_URL_HTTP] = "http",
        [FORMAT_URL_NONE] = "no URL",
        [FORMAT_HTML] = "HTML",
        [FORMAT_LINE] = "one line",
        [FORMAT_LINES_CRLF] = "CRLF lines",
        [FORMAT_LINES_LF] = "LF lines",
        [FORMAT_TEXT_LONG] = "over 255 units",
    };

    return names[format];
}

enum value_type value_format_type(enum value_format format)
{
    switch ((int)format) {
    case FORMAT_NULL:
        return TYPE_NULL;
    case FORMAT_BOOL:
        return TYPE_BOOL;
    case FORMAT_WHOLE:
    case FORMAT_FRACTION:
        return TYPE_NUMBER;
    case FORMAT_LIST:
    case FORMAT_EMPTY_LIST:
        return TYPE_LIST;
    case FORMAT_OBJECT:
    case FORMAT_EMPTY_OBJECT:
        return TYPE_OBJECT;
    default:
        return TYPE_TEXT;
    }
}

const char *value_type_name(enum value_type type)
{
    static const char *const names[VALUE_TYPES] = {
        "null", "true or false", "number", "text", "list", "object"};

    return names[type];
}

/* ---- Fields ---- */

static bool ends_in(const char *path, const char *suffix)
{
    size_t length = strlen(path);
    size_t tail = strlen(suffix);

    return length >= tail && !strcmp(path + length - tail, suffix) &&
           (length == tail || path[length - tail - 1] == '.');
}

struct field_form field_form(const char *path)
{
    static const struct {
        const char *suffix;
        enum field_kind kind;
    } kinds[] = {{"dateTime", FIELD_TIME},
                 {"DateTime", FIELD_TIME},
                 {"time", FIELD_TIME},
                 {"createdDateTime", FIELD_TIME},
                 {"lastModifiedDateTime", FIELD_TIME},
                 {"originalStart", FIELD_TIME},
                 {"startDate", FIELD_TIME},
                 {"endDate", FIELD_TIME},
                 {"timeZone", FIELD_ZONE},
                 {"TimeZone", FIELD_ZONE},
                 {"originalStartTimeZone", FIELD_ZONE},
                 {"originalEndTimeZone", FIELD_ZONE},
                 {"recurrenceTimeZone", FIELD_ZONE},
                 {"@odata.etag", FIELD_ETAG},
                 {"seriesMasterId", FIELD_ID},
                 {"emailAddress.address", FIELD_ADDRESS},
                 {"locationEmailAddress", FIELD_ADDRESS},
                 {"webLink", FIELD_URL},
                 {"joinUrl", FIELD_URL},
                 {"onlineMeetingUrl", FIELD_URL},
                 {"subject", FIELD_TEXT},
                 {"bodyPreview", FIELD_TEXT},
                 {"name", FIELD_TEXT},
                 {"displayName", FIELD_TEXT}};
    struct field_form form = {.names = graph_enumeration(path)};

    if (form.names)
        form.kind = FIELD_NAME;
    else if (!strcmp(path, "id"))
        form.kind = FIELD_ID;
    for (size_t i = 0; !form.kind && i < sizeof kinds / sizeof *kinds; i++)
        if (ends_in(path, kinds[i].suffix))
            form.kind = kinds[i].kind;
    return form;
}

/* ---- Texts ---- */

static bool starts_with(const char *text, const char *start)
{
    return !strncasecmp(text, start, strlen(start));
}

static const char *after_digits(const char *text)
{
    return text + strspn(text, "0123456789");
}

/* What follows the seconds of a time: a fraction, and Z or an offset. */
static enum value_format seconds_format(const char *text, const char *rest)
{
    size_t digits = 0;

    if (*rest == '.') {
        digits = (size_t)(after_digits(rest + 1) - rest) - 1;
        rest += digits + 1;
    }
    if (!*rest && digits == 0)
        return FORMAT_TIME_WHOLE_SECONDS;
    if (!*rest)
        return digits == 7 ? FORMAT_TIME_27 : FORMAT_TIME_OTHER_FRACTION;
    if (starts_with(text, "0001-01-01T00:00:00"))
        return FORMAT_STAMP_NONE;
    return *rest == 'Z' && !rest[1] ? FORMAT_STAMP_UTC : FORMAT_STAMP_OFFSET;
}

static enum value_format time_format(const char *text)
{
    char start[sizeof "YYYY-MM-DDTHH:MM:SS"];
    civil_minute minute;
    civil_day day;
    size_t length = strlen(text);

    if (civil_parse_date(text, &day))
        return FORMAT_DATE;
    if (length < sizeof start - 1)
        return FORMAT_NO_TIME;
    memcpy(start, text, sizeof start - 1);
    start[sizeof start - 1] = '\0';
    text += sizeof start - 1;
    if (!civil_parse_graph(start, &minute) || (*text && !strchr(".Z+-", *text)))
        return FORMAT_NO_TIME;
    return seconds_format(start, text);
}

static enum value_format zone_format(const char *text)
{
    size_t length = strlen(text);

    if (!strcasecmp(text, "UTC") || !strcasecmp(text, "Etc/UTC"))
        return FORMAT_ZONE_UTC;
    if (starts_with(text, "tzone:") || *text == '(')
        return FORMAT_ZONE_OTHER;
    if (length > 5 && !strcmp(text + length - 5, " Time"))
        return FORMAT_ZONE_WINDOWS;
    return strchr(text, '/') && !strchr(text, ' ') ? FORMAT_ZONE_IANA
                                                   : FORMAT_ZONE_OTHER;
}

static enum value_format etag_format(const char *text)
{
    size_t length = strlen(text);

    return length > 4 && !strncmp(text, "W/\"", 3) && text[length - 1] == '"'
               ? FORMAT_ETAG
               : FORMAT_ETAG_OTHER;
}

/* Exchange's: the alphabet alone would let "evt-2025-11-17" pass. */
static enum value_format id_format(const char *text)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                   "abcdefghijklmnopqrstuvwxyz0123456789-_=";
    size_t length = strlen(text);

    return length >= ID_LENGTH && *text == 'A' &&
                   (text[1] == 'A' || text[1] == 'Q') &&
                   strspn(text, alphabet) == length
               ? FORMAT_ID
               : FORMAT_ID_OTHER;
}

static enum value_format address_format(const char *text)
{
    const char *at = strchr(text, '@');

    if (starts_with(text, "/o="))
        return FORMAT_ADDRESS_X500;
    return at && at > text && at[1] ? FORMAT_ADDRESS : FORMAT_ADDRESS_OTHER;
}

static bool has_host(const char *url, const char *host)
{
    size_t length = strlen(host);

    url += strlen("https://");
    return !strncasecmp(url, host, length) &&
           (!url[length] || strchr("/?#:", url[length]));
}

/* Other hosts may be those of a company, and are not told. */
static enum value_format url_format(const char *text)
{
    if (starts_with(text, "http://"))
        return FORMAT_URL_HTTP;
    if (!starts_with(text, "https://"))
        return FORMAT_URL_NONE;
    if (starts_with(text, "https://outlook.office365.com/owa/?itemid="))
        return FORMAT_URL_OFFICE_ITEM;
    if (has_host(text, "outlook.live.com"))
        return FORMAT_URL_LIVE;
    if (has_host(text, "outlook.office365.com") ||
        has_host(text, "outlook.office.com"))
        return FORMAT_URL_OFFICE;
    return has_host(text, "teams.microsoft.com") ? FORMAT_URL_TEAMS
                                                 : FORMAT_URL_HTTPS;
}

/* A line feed without the carriage return before it makes LF lines. */
static enum value_format lines_format(const char *text)
{
    bool lines = false;

    for (const char *c = text; (c = strchr(c, '\n')); c++) {
        if (c == text || c[-1] != '\r')
            return FORMAT_LINES_LF;
        lines = true;
    }
    return lines ? FORMAT_LINES_CRLF : FORMAT_LINE;
}

static enum value_format any_format(const char *text)
{
    enum value_format format = time_format(text);

    if (format == FORMAT_NO_TIME && starts_with(text, "http"))
        format = url_format(text);
    if (format != FORMAT_NO_TIME && format != FORMAT_URL_NONE)
        return format;
    return *text == '<' ? FORMAT_HTML : lines_format(text);
}

static enum value_format name_format(const char *const *names, const char *text)
{
    static const enum value_format formats[] = {
        [SPELLING_EXACT] = FORMAT_NAME,
        [SPELLING_OTHER_CASE] = FORMAT_NAME_CASE,
        [SPELLING_UNKNOWN] = FORMAT_NAME_UNKNOWN};

    return formats[graph_spelling(names, text)];
}

static enum value_format text_format(const struct field_form *form,
                                     const char *text)
{
    if (!*text)
        return FORMAT_EMPTY_TEXT;
    switch (form->kind) {
    case FIELD_TIME:
        return time_format(text);
    case FIELD_ZONE:
        return zone_format(text);
    case FIELD_ETAG:
        return etag_format(text);
    case FIELD_ID:
        return id_format(text);
    case FIELD_NAME:
        return name_format(form->names, text);
    case FIELD_ADDRESS:
        return address_format(text);
    case FIELD_URL:
        return url_format(text);
    case FIELD_TEXT:
        return text_units(text) > TEXT_UNITS ? FORMAT_TEXT_LONG
                                             : lines_format(text);
    case FIELD_ANY:
        break;
    }
    return any_format(text);
}

static bool is_whole(double number)
{
    return number > -9e15 && number < 9e15 &&
           !((double)(int64_t)number < number) &&
           !((double)(int64_t)number > number);
}

enum value_format value_format(const struct field_form *form,
                               const cJSON *value)
{
    if (cJSON_IsString(value))
        return text_format(form, value->valuestring);
    if (cJSON_IsNumber(value))
        return is_whole(value->valuedouble) ? FORMAT_WHOLE : FORMAT_FRACTION;
    if (cJSON_IsBool(value))
        return FORMAT_BOOL;
    if (cJSON_IsArray(value))
        return value->child ? FORMAT_LIST : FORMAT_EMPTY_LIST;
    if (cJSON_IsObject(value))
        return value->child ? FORMAT_OBJECT : FORMAT_EMPTY_OBJECT;
    return FORMAT_NULL;
}
