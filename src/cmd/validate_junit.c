/* `validate --junit`: the results as JUnit XML, one suite for all meetings, one
 * for each tier and one for each persona.
 *
 * JUnit knows no warnings: a check that is only warned of passes, and says so
 * in its output.  Nothing in the file depends on when it was made. */
#include "validate.h"

#include "xml.h"

struct report {
    struct cli *cli;
    struct store *store;
    const struct validate_request *request;
    const struct validation *validation;
    struct file_writer *writer;
    struct buf text; /* what is not written yet */
};

struct suite_counts {
    int64_t tests;
    int64_t failures;
    int64_t skipped;
};

static bool write_out(struct report *report, struct error *err)
{
    struct buf *text = &report->text;
    bool ok = buf_ok(text, err) &&
              file_write(report->writer, buf_string(text), text->length, err);

    buf_clear(text);
    return ok;
}

static bool write_long(struct report *report, struct error *err)
{
    enum { LONG = 1 << 16 };

    return report->text.length < LONG || write_out(report, err);
}

/* ---- A check ---- */

/* "26.7%, wanted 35–40%" */
static void add_finding(struct report *report, int check,
                        const struct check_result *result)
{
    struct buf line = BUF_EMPTY;

    check_value_text(&line, checks[check].unit, result->value);
    buf_text(&line, ", wanted ");
    check_range_text(&line, checks[check].unit, result->wanted);
    xml_text(&report->text, buf_string(&line));
    buf_inherit(&report->text, &line);
    buf_free(&line);
}

static bool add_fault(void *context, const char *id, const char *note,
                      struct error *err)
{
    struct report *report = context;

    xml_text(&report->text, id);
    if (*note) {
        buf_text(&report->text, ": ");
        xml_text(&report->text, note);
    }
    buf_char(&report->text, '\n');
    return write_long(report, err);
}

static bool add_faults(struct report *report, int check,
                       const struct check_result *result, struct error *err)
{
    xml_text(&report->text, report->request->wanted.of[check].about);
    buf_char(&report->text, '\n');
    return visit_faults(report->store, report->request->version, result,
                        fault_count(result), add_fault, report, err);
}

static bool add_failure(struct report *report, int check,
                        const struct check_result *result, struct error *err)
{
    struct buf *text = &report->text;

    buf_text(text, ">\n      <failure type=\"error\" message=\"");
    add_finding(report, check, result);
    buf_text(text, "\">");
    if (!add_faults(report, check, result, err))
        return false;
    buf_text(text, "</failure>\n    </testcase>\n");
    return true;
}

static bool add_warning(struct report *report, int check,
                        const struct check_result *result, struct error *err)
{
    struct buf *text = &report->text;

    buf_text(text, ">\n      <system-out>warning: ");
    add_finding(report, check, result);
    buf_char(text, '\n');
    if (!add_faults(report, check, result, err))
        return false;
    buf_text(text, "</system-out>\n    </testcase>\n");
    return true;
}

static bool add_case(struct report *report, const char *suite, int check,
                     const struct check_result *result, struct error *err)
{
    struct buf *text = &report->text;

    buf_text(text, "    <testcase");
    xml_attribute(text, "classname", suite);
    xml_attribute(text, "name", checks[check].name);
    switch (result->status) {
    case CHECK_FAILED:
        return add_failure(report, check, result, err);
    case CHECK_WARNED:
        return add_warning(report, check, result, err);
    case CHECK_NOT_JUDGED:
        buf_text(text, ">\n      <skipped message=\"not judged: too few "
                       "meetings\"/>\n    </testcase>\n");
        return true;
    default:
        buf_text(text, "/>\n");
        return true;
    }
}

/* ---- Suites ---- */

static void count_group(const struct report *report,
                        const struct group_validation *group,
                        struct suite_counts *counts)
{
    for (int i = 0; i < CHECKS; i++) {
        const struct check_result *result = &group->results[i];
        if (!check_was_asked(report->request, result, i))
            continue;
        counts->tests++;
        counts->failures += result->status == CHECK_FAILED;
        counts->skipped += result->status == CHECK_NOT_JUDGED;
    }
}

static void add_counts(struct buf *text, const struct suite_counts *counts)
{
    xml_number(text, "tests", counts->tests);
    xml_number(text, "failures", counts->failures);
    xml_number(text, "errors", 0);
    xml_number(text, "skipped", counts->skipped);
    buf_text(text, ">\n");
}

static bool add_suite(struct report *report, const char *name,
                      const struct group_validation *group, struct error *err)
{
    struct suite_counts counts = {0};

    count_group(report, group, &counts);
    buf_text(&report->text, "  <testsuite");
    xml_attribute(&report->text, "name", name);
    add_counts(&report->text, &counts);
    for (int i = 0; i < CHECKS; i++)
        if (check_was_asked(report->request, &group->results[i], i) &&
            !add_case(report, name, i, &group->results[i], err))
            return false;
    buf_text(&report->text, "  </testsuite>\n");
    return write_long(report, err);
}

/* Nothing to check is no success. */
static bool is_empty(const struct validation *validation)
{
    return !validation->all.meetings || !validation->all.asked;
}

static bool add_nothing(struct report *report, struct error *err)
{
    struct suite_counts counts = {.tests = 1, .failures = 1};

    buf_text(&report->text, "  <testsuite name=\"all meetings\"");
    add_counts(&report->text, &counts);
    buf_text(&report->text,
             "    <testcase classname=\"all meetings\" name=\"meetings\">\n"
             "      <failure type=\"error\" message=\"nothing was checked\"/>\n"
             "    </testcase>\n  </testsuite>\n");
    return write_long(report, err);
}

static bool add_groups(struct report *report, struct error *err)
{
    const struct validation *validation = report->validation;

    if (!add_suite(report, "all meetings", &validation->all, err))
        return false;
    for (size_t i = 0; i < validation->tier_count; i++) {
        const struct tier_validation *tier = &validation->tiers[i];
        const char *name =
            arena_format(&report->cli->arena, err, "tier %d", tier->tier);
        if (!name || !add_suite(report, name, &tier->group, err))
            return false;
    }
    for (size_t i = 0;
         validation->persona_count > 1 && i < validation->persona_count; i++)
        if (!add_suite(report, validation->personas[i].persona->id,
                       &validation->personas[i].group, err))
            return false;
    return true;
}

static struct suite_counts count_all(const struct report *report)
{
    const struct validation *validation = report->validation;
    struct suite_counts counts = {0};

    if (is_empty(validation))
        return (struct suite_counts){.tests = 1, .failures = 1};
    count_group(report, &validation->all, &counts);
    for (size_t i = 0; i < validation->tier_count; i++)
        count_group(report, &validation->tiers[i].group, &counts);
    for (size_t i = 0;
         validation->persona_count > 1 && i < validation->persona_count; i++)
        count_group(report, &validation->personas[i].group, &counts);
    return counts;
}

static bool write_report(struct report *report, struct error *err)
{
    struct suite_counts counts = count_all(report);
    struct file_totals totals;

    buf_text(&report->text, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                            "<testsuites name=\"datebook validate\"");
    add_counts(&report->text, &counts);
    if (!(is_empty(report->validation) ? add_nothing : add_groups)(report, err))
        return false;
    buf_text(&report->text, "</testsuites>\n");
    return write_out(report, err) &&
           file_finish(report->writer, &totals, err) &&
           file_publish(report->writer, err);
}

bool junit_validation(struct cli *cli, struct store *store, const char *path,
                      const struct validate_request *request,
                      const struct validation *validation, struct error *err)
{
    struct report report = {.cli = cli,
                            .store = store,
                            .request = request,
                            .validation = validation};
    bool ok;

    report.writer = file_create(&cli->arena, path, err);
    ok = report.writer && write_report(&report, err);
    if (report.writer)
        file_discard(report.writer);
    buf_free(&report.text);
    return ok;
}
