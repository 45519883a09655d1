/* What the commands of agreement print with. */
#ifndef DATEBOOK_CMD_AGREEMENT_OUTPUT_H
#define DATEBOOK_CMD_AGREEMENT_OUTPUT_H

#include "cli.h"

#include "datebook/agreement.h"

/* How a share stands to its target. */
enum verdict {
    VERDICT_NONE, /* there is nothing that it is a share of */
    VERDICT_NOT_MET,
    VERDICT_NOT_MET_MAYBE, /* the interval reaches the target, or there is none
                            */
    VERDICT_MET_MAYBE,     /* the interval goes below the target, or there is
                              none */
    VERDICT_MET
};

enum verdict verdict_of(const struct measured *measured, double target);

/* "met", "not met, could be chance" …; for JSON "met", "met_maybe" … */
const char *verdict_text(enum verdict verdict);

/* A share with its target, 0 for none. */
struct shown_share {
    const char *name;
    const struct measured *measured;
    double target;
};

/* "93 % (86-97 %)", "93 %" without an interval, "-" without a value.  What is
 * on one side of the target is never rounded to the other. */
const char *share_text(struct cli *cli, const struct measured *measured,
                       double target, struct error *err);

/* "0.62 (0.41 to 0.78)", the same for a coefficient. */
const char *coefficient_text(struct cli *cli, const struct measured *measured,
                             struct error *err);

/* Rows "name  93 % (86-97 %)  120  90 %  met" under `header`. */
bool print_shares(struct cli *cli, const char *header,
                  const struct shown_share *shares, size_t count,
                  struct error *err) CHECKED;

/* A sentence for each share with a target: what its verdict means.  `of` is
 * "opinions" …, what it is a share of. */
void print_meaning(struct cli *cli, const struct shown_share *share,
                   const char *subject, const char *of, struct error *err);

/* Whether all with a target meet it, by chance or not. */
bool shares_meet(const struct shown_share *shares, size_t count);

/* JSON: "key": {"value", "low", "high", "n"}, and "target" and "verdict" where
 * there is a target; what is undefined is null. */
void json_measured(struct buf *out, const char *key,
                   const struct measured *measured, double target);

#endif
