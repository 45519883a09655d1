/* croissant.json: Croissant 1.1 metadata of an export.
 *
 * What the specification demands and nobody said is filled with what is true:
 * without an address of the dataset its `url` is the name of its content by
 * hash (RFC 6920), and without a creator that is said. */
#include "src/export/croissant.h"

#include "datebook/table.h"

/* Appendix 1 of the specification, in its order, but for terms that are not
 * used here. */
static const char context[] =
    "{\"@context\":{\"@language\":\"en\",\"@vocab\":\"http://schema.org/\","
    "\"sc\":\"http://schema.org/\",\"cr\":\"http://mlcommons.org/croissant/\","
    "\"rai\":\"http://mlcommons.org/croissant/RAI/\","
    "\"dct\":\"http://purl.org/dc/terms/\",\"arrayShape\":\"cr:arrayShape\","
    "\"citeAs\":\"cr:citeAs\",\"column\":\"cr:column\","
    "\"conformsTo\":\"dct:conformsTo\","
    "\"data\":{\"@id\":\"cr:data\",\"@type\":\"@json\"},"
    "\"dataType\":{\"@id\":\"cr:dataType\",\"@type\":\"@vocab\"},"
    "\"examples\":{\"@id\":\"cr:examples\",\"@type\":\"@json\"},"
    "\"extract\":\"cr:extract\",\"field\":\"cr:field\","
    "\"fileObject\":\"cr:fileObject\",\"fileProperty\":\"cr:fileProperty\","
    "\"fileSet\":\"cr:fileSet\",\"format\":\"cr:format\","
    "\"includes\":\"cr:includes\",\"isArray\":\"cr:isArray\","
    "\"isLiveDataset\":\"cr:isLiveDataset\",\"jsonPath\":\"cr:jsonPath\","
    "\"key\":\"cr:key\",\"md5\":\"cr:md5\",\"parentField\":\"cr:parentField\","
    "\"path\":\"cr:path\",\"recordSet\":\"cr:recordSet\","
    "\"references\":\"cr:references\",\"regex\":\"cr:regex\","
    "\"repeated\":\"cr:repeated\",\"replace\":\"cr:replace\","
    "\"separator\":\"cr:separator\",\"source\":\"cr:source\","
    "\"subField\":\"cr:subField\",\"transform\":\"cr:transform\"}";

void add_member(struct buf *out, const char *name, const char *text)
{
    buf_char(out, ',');
    buf_json(out, name);
    buf_char(out, ':');
    buf_json(out, text);
}

/* Adds the text that was made in `text`, and empties that. */
static void take_member(struct buf *out, const char *name, struct buf *text)
{
    add_member(out, name, buf_string(text));
    buf_inherit(out, text);
    buf_clear(text);
}

static void describe(const struct export_summary *summary, struct buf *text)
{
    text_number(text, summary_meetings(summary));
    buf_text(text, " synthetic calendar meetings of ");
    text_number(text, (int64_t)summary_personas(summary));
    buf_text(text,
             " invented people, in the form of Microsoft Graph's event, each "
             "labelled with what its owner's own rules say of it: how "
             "important it is, whether and how long to prepare for it, what to "
             "answer, and why. Whole people are held out for testing. Made "
             "with datebook ");
    buf_text(text, summary->version.tool);
    buf_format(text, ", version %lld, content hash (BLAKE2b-256) ",
               (long long)summary->version.number);
    add_hex(text, summary->version.content);
    buf_char(text, '.');
}

static void cite(const struct export_summary *summary, struct buf *text)
{
    const struct export_words *words = &summary->request->words;

    if (words->creator)
        buf_format(text, "%s: ", words->creator);
    buf_format(text, "%s, version %lld of ", words->title,
               (long long)summary->version.number);
    add_day(text, &summary->version);
    buf_text(text, ", content hash ");
    add_hex(text, summary->version.content);
    if (words->url)
        buf_format(text, ", %s", words->url);
}

/* Any edit of a meeting, a label or a split is a new version of the dataset,
 * which is what a major version is for; there is no smaller step. */
static void head(const struct export_summary *summary, struct buf *out)
{
    const struct export_words *words = &summary->request->words;
    struct buf text = BUF_EMPTY;

    buf_text(out, context);
    add_member(out, "@type", "sc:Dataset");
    add_member(out, "conformsTo", "http://mlcommons.org/croissant/1.1");
    add_member(out, "name", words->title);
    describe(summary, &text);
    take_member(out, "description", &text);
    add_member(out, "license", words->license);
    buf_text(&text, words->url ? words->url : "nih:blake2b-256;");
    if (!words->url)
        add_hex(&text, summary->version.content);
    take_member(out, "url", &text);
    buf_text(out, ",\"creator\":{\"@type\":\"sc:Organization\"");
    add_member(out, "name", words->creator ? words->creator : "Not stated");
    buf_char(out, '}');
    add_day(&text, &summary->version);
    take_member(out, "datePublished", &text);
    buf_format(&text, "%lld.0.0", (long long)summary->version.number);
    take_member(out, "version", &text);
    cite(summary, &text);
    take_member(out, "citeAs", &text);
    buf_free(&text);
    buf_text(out,
             ",\"inLanguage\":\"en\",\"isLiveDataset\":false,\"keywords\":["
             "\"synthetic\",\"calendar\",\"meetings\",\"microsoft-graph\","
             "\"datebook\"]");
}

bool croissant_write(const struct export_summary *summary, struct buf *out,
                     struct error *err)
{
    struct buf text = BUF_EMPTY;
    bool ok;

    head(summary, &text);
    croissant_distribution(summary, &text);
    croissant_record_sets(summary, &text);
    croissant_rai(summary, &text);
    buf_char(&text, '}');
    ok = buf_ok(&text, err);
    if (ok) {
        json_indent(out, text.data, text.length);
        buf_char(out, '\n');
    }
    buf_free(&text);
    return ok && buf_ok(out, err);
}
