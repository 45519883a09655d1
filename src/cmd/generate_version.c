/* From meetings that a run holds to a version of its own, with the files beside
 * the database: the end of every way of `generate`. */
#include "generate.h"

#include "generate_mix.h"

bool generate_make(struct cli *cli, const struct generate_making *making,
                   struct generate_files *files, struct error *err)
{
    struct run_header header = {.options = making->options,
                                .summary = making->summary,
                                .started = making->started};
    bool changed;
    bool ok = seal_run(cli, making->run, &header, &changed, err);

    /* Files that cannot be written undo the run; so they come before it is
     * made permanent, and get their names after. */
    if (ok && making->output)
        ok = generate_files_write(cli, making->store, making->request,
                                  run_version(making->run), making->combine,
                                  making->output, making->monitor, files, err);
    ok = ok && commit_run(cli, making->run, changed, err);
    if (ok && !generate_files_publish(files, err))
        ok = error_hint(err,
                        "v%lld is made all the same; `datebook export` writes "
                        "its meetings",
                        (long long)run_version(making->run));
    generate_files_discard(files);
    return ok;
}

bool generate_print(struct cli *cli, int64_t version, int64_t meetings,
                    size_t personas, const struct generate_files *files,
                    struct error *err)
{
    buf_format(&cli->out, "v%lld: %s, labelled\n", (long long)version,
               generate_count(cli, meetings, personas));
    return generate_files_print(cli, files, err);
}

void generate_json(struct buf *out, int64_t version,
                   const struct generate_result *result, size_t personas,
                   const struct generate_files *files)
{
    json_key(out, "version");
    buf_int(out, version);
    json_key(out, "meetings");
    buf_int(out, result->added);
    json_key(out, "personas");
    buf_int(out, (int64_t)personas);
    generate_mix_json(&result->report, out);
    generate_files_json(files, out);
}
