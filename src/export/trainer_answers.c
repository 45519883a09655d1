/* Answers: the label with its reasoning, and a believable mistake beside it. */
#include "src/export/corrected.h"
#include "src/export/trainer_internal.h"

#include <sodium.h>
#include <string.h>

enum { SHORTEST_PREP = 15, LONGEST_PREP = 90, USUAL_PREP = 30 };

/* What an answer says beside its reasoning. */
struct answer {
    enum training_task task;
    int value; /* importance, minutes of preparation, or RSVP */
};

/* ---- Writing ---- */

/* The reasoning stands open from here to end_answer. */
static void start_answer(struct buf *buf)
{
    buf_clear(buf);
    buf_text(buf, "{\\\"reasoning\\\":\\\"");
}

static void add_piece(struct buf *buf, const struct piece *piece)
{
    buf_add(buf, piece->text, piece->length);
}

/* A text that nobody spelled yet, for a JSON string within a JSON string. */
static bool add_plain(struct buf *buf, const char *text, struct error *err)
{
    struct buf once = BUF_EMPTY;
    bool ok;

    buf_json_inside(&once, text, strlen(text));
    buf_json_inside(buf, buf_string(&once), once.length);
    ok = buf_ok(&once, err);
    buf_free(&once);
    return ok;
}

static void end_answer(struct buf *buf, const struct answer *answer)
{
    switch (answer->task) {
    case TASK_PREP:
        buf_text(buf, answer->value > 0 ? "\\\",\\\"prep_needed\\\":true"
                                        : "\\\",\\\"prep_needed\\\":false");
        buf_text(buf, ",\\\"prep_time_minutes\\\":");
        buf_int(buf, answer->value);
        buf_char(buf, '}');
        return;
    case TASK_RSVP:
        buf_text(buf, "\\\",\\\"rsvp\\\":\\\"");
        buf_text(buf, rsvp_name((enum rsvp)answer->value));
        break;
    default:
        buf_text(buf, "\\\",\\\"importance\\\":\\\"");
        buf_text(buf, importance_name((enum importance)answer->value));
    }
    buf_text(buf, "\\\"}");
}

static void no_answer_rule(struct buf *buf, int importance)
{
    buf_text(buf, "No RSVP rule matched; importance: ");
    buf_text(buf, importance_name((enum importance)importance));
}

/* ---- The right answer ---- */

/* Where no rule of the task decided.  What follows from an importance that was
 * corrected may not be what the label says: then people alone speak for it. */
static void add_default(const struct trainer *trainer,
                        const struct stored_label *label, int importance,
                        const struct reason *optional, struct buf *buf)
{
    bool corrected = importance != label->importance;

    if (trainer->task == TASK_RSVP) {
        if (corrected && rsvp_of_importance(importance) != label->rsvp)
            buf_text(buf, CONFIRMED_REASON);
        else
            no_answer_rule(buf, importance);
    } else if (trainer->task == TASK_PREP && optional && !label->prep_minutes) {
        if (reason_holds(RULE_OPTIONAL_PREP, importance)) {
            buf_text(buf, CONFIRMED_REASON);
            return;
        }
        add_piece(buf, &optional->spelled);
        buf_text(buf, ", which does not count at importance ");
        buf_text(buf, importance_name((enum importance)importance));
    } else {
        buf_text(buf, RULES_NO_REASON);
    }
}

/* Notes what fired and adds what decided a label of the rules, for a meeting of
 * an importance that may have been corrected. */
static bool add_reasons(struct trainer *trainer,
                        const struct stored_label *label, int importance,
                        struct buf *buf, struct error *err)
{
    const struct reason *optional = NULL;
    size_t at = 0;
    bool any = false;
    bool confirmed = false;

    trainer->turn++;
    while (at < label->rules_length) {
        const struct reason *reason;
        struct reason_mark *mark;
        size_t number = 0;
        bool decided = false;
        if (!label_next_rule(label, trainer->rules, trainer->rule_count, &at,
                             &number, &decided, err))
            return false;
        reason = &trainer->reasons[number];
        mark = &trainer->marks[reason->text];
        mark->fired = trainer->turn;
        if (reason->kind == RULE_OPTIONAL_PREP && !optional)
            optional = reason;
        if (!decided || !reason_belongs(trainer->task, reason->kind) ||
            mark->spoken == trainer->turn)
            continue;
        if (importance != label->importance &&
            !reason_holds(reason->kind, importance)) {
            confirmed = true;
            continue;
        }
        mark->spoken = trainer->turn;
        if (any)
            buf_text(buf, "; ");
        add_piece(buf, &reason->spelled);
        any = true;
    }
    if (confirmed)
        buf_text(buf, any ? "; " CONFIRMED_REASON : CONFIRMED_REASON);
    else if (!any)
        add_default(trainer, label, importance, optional, buf);
    return true;
}

static int value_of(enum training_task task, const struct stored_label *label)
{
    switch (task) {
    case TASK_PREP:
        return label->prep_minutes;
    case TASK_RSVP:
        return label->rsvp;
    default:
        return label->importance;
    }
}

/* ---- The mistake ---- */

/* Numbers drawn from the meeting's id and the task, and from nothing else. */
struct draw {
    uint64_t bits;
};

static struct draw draw_start(const char *id, enum training_task task)
{
    unsigned char key[crypto_shorthash_KEYBYTES] = "datebook answer";
    unsigned char hash[crypto_shorthash_BYTES];
    struct draw draw = {0};

    key[sizeof key - 1] = (unsigned char)task;
    crypto_shorthash(hash, (const unsigned char *)id, strlen(id), key);
    for (size_t i = 0; i < sizeof hash; i++)
        draw.bits |= (uint64_t)hash[i] << 8 * i;
    return draw;
}

static size_t draw_below(struct draw *draw, size_t limit)
{
    size_t value = draw->bits % limit;

    draw->bits /= limit;
    return value;
}

/* A rule of one of two kinds that did not fire; NULL when there is none. */
static const struct reason *draw_unfired(const struct trainer *trainer,
                                         enum rule_kind kind,
                                         enum rule_kind other,
                                         struct draw *draw)
{
    const struct reason_list *first = &trainer->own[kind];
    const struct reason_list *second = &trainer->own[other];
    size_t count = first->count + (kind == other ? 0 : second->count);
    size_t start = count ? draw_below(draw, count) : 0;

    for (size_t i = 0; i < count; i++) {
        size_t at = (start + i) % count;
        const struct reason *reason = at < first->count
                                          ? first->items[at]
                                          : second->items[at - first->count];
        if (trainer->marks[reason->text].fired != trainer->turn)
            return reason;
    }
    return NULL;
}

/* One step up or down, within 0 … most. */
static int draw_neighbour(int right, int most, struct draw *draw)
{
    if (right <= 0)
        return right + 1;
    if (right >= most)
        return right - 1;
    return draw_below(draw, 2) ? right + 1 : right - 1;
}

static const struct reason *unfired_level(const struct trainer *trainer,
                                          int level, struct draw *draw)
{
    static const enum rule_kind kinds[IMPORTANCE_LEVELS] = {
        [IMPORTANCE_LOW] = RULE_RARELY_IMPORTANT,
        [IMPORTANCE_MEDIUM] = RULE_SOMETIMES_IMPORTANT,
        [IMPORTANCE_HIGH] = RULE_USUALLY_IMPORTANT,
        [IMPORTANCE_CRITICAL] = RULE_ALWAYS_IMPORTANT,
    };
    const struct reason *reason =
        draw_unfired(trainer, kinds[level], kinds[level], draw);

    if (!reason && level == IMPORTANCE_HIGH)
        reason = draw_unfired(trainer, RULE_PRIORITY, RULE_PRIORITY, draw);
    return reason;
}

/* Where no rule would give the level that was drawn, the one on the other side
 * may do; medium needs none. */
static int wrong_importance(const struct trainer *trainer, int right,
                            struct draw *draw, const struct reason **reason)
{
    int wrong = draw_neighbour(right, IMPORTANCE_LEVELS - 1, draw);
    int other = 2 * right - wrong;

    *reason = unfired_level(trainer, wrong, draw);
    if (*reason || wrong == IMPORTANCE_MEDIUM || other < 0 ||
        other >= IMPORTANCE_LEVELS)
        return wrong;
    *reason = unfired_level(trainer, other, draw);
    return *reason || other == IMPORTANCE_MEDIUM ? other : wrong;
}

static int wrong_minutes(int right, struct draw *draw)
{
    static const int steps[] = {-30, -15, 15, 30};
    int possible[sizeof steps / sizeof *steps] = {0};
    size_t count = 0;

    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (right + steps[i] >= SHORTEST_PREP &&
            right + steps[i] <= LONGEST_PREP)
            possible[count++] = right + steps[i];
    return count ? possible[draw_below(draw, count)] : 0;
}

static int wrong_prep(const struct trainer *trainer, int right,
                      struct draw *draw, const struct reason **reason)
{
    bool keeps_need = right > 0 && draw_below(draw, 2);
    int wrong = keeps_need ? wrong_minutes(right, draw) : 0;

    if (right > 0 && !wrong) {
        *reason = draw_unfired(trainer, RULE_NO_PREP, RULE_NO_PREP, draw);
        return 0;
    }
    *reason =
        draw_unfired(trainer, RULE_REQUIRES_PREP, RULE_OPTIONAL_PREP, draw);
    if (right > 0)
        return wrong;
    return *reason ? (*reason)->minutes : USUAL_PREP;
}

static int wrong_answer(const struct trainer *trainer, int right,
                        struct draw *draw, const struct reason **reason)
{
    int wrong = draw_neighbour(right, RSVP_ANSWERS - 1, draw);

    if (wrong == RSVP_ACCEPT)
        *reason =
            draw_unfired(trainer, RULE_ALWAYS_ACCEPT, RULE_ALWAYS_ACCEPT, draw);
    else if (wrong == RSVP_TENTATIVE)
        *reason =
            draw_unfired(trainer, RULE_CONDITIONAL, RULE_CONDITIONAL, draw);
    else
        *reason = draw_unfired(trainer, RULE_DECLINE_BY_DEFAULT,
                               RULE_ALWAYS_DECLINE, draw);
    return wrong;
}

/* The importance that would lead to an answer for want of a rule. */
static int importance_for(int rsvp)
{
    if (rsvp == RSVP_ACCEPT)
        return IMPORTANCE_HIGH;
    return rsvp == RSVP_TENTATIVE ? IMPORTANCE_MEDIUM : IMPORTANCE_LOW;
}

static void make_mistake(struct trainer *trainer, const char *id, int right)
{
    struct buf *buf = &trainer->rejected;
    struct draw draw = draw_start(id, trainer->task);
    const struct reason *reason = NULL;
    struct answer wrong = {.task = trainer->task};

    if (trainer->task == TASK_PREP)
        wrong.value = wrong_prep(trainer, right, &draw, &reason);
    else if (trainer->task == TASK_RSVP)
        wrong.value = wrong_answer(trainer, right, &draw, &reason);
    else
        wrong.value = wrong_importance(trainer, right, &draw, &reason);
    start_answer(buf);
    if (reason)
        add_piece(buf, &reason->spelled);
    else if (trainer->task == TASK_RSVP)
        no_answer_rule(buf, importance_for(wrong.value));
    else
        buf_text(buf, RULES_NO_REASON);
    end_answer(buf, &wrong);
}

/* ---- Both ---- */

/* What a person says is chosen, and what the rules say of it is the mistake,
 * with their reasons: a real one. */
static bool make_correction(struct trainer *trainer,
                            const struct labelled_meeting *meeting, bool pair,
                            struct error *err)
{
    const struct stored_label *rules = meeting->corrected;
    const struct answer right = {.task = trainer->task,
                                 .value =
                                     value_of(trainer->task, meeting->label)};
    const struct answer wrong = {.task = trainer->task,
                                 .value = value_of(trainer->task, rules)};

    start_answer(&trainer->chosen);
    if (!add_plain(&trainer->chosen, correction_reason(meeting->note), err))
        return false;
    end_answer(&trainer->chosen, &right);
    if (!pair)
        return true;
    start_answer(&trainer->rejected);
    if (!add_reasons(trainer, rules, rules->importance, &trainer->rejected,
                     err))
        return false;
    end_answer(&trainer->rejected, &wrong);
    return true;
}

bool answers_make(struct trainer *trainer,
                  const struct labelled_meeting *meeting, bool pair,
                  struct error *err)
{
    const struct stored_label *rules =
        meeting->corrected ? meeting->corrected : meeting->label;
    struct answer right = {.task = trainer->task,
                           .value = value_of(trainer->task, meeting->label)};

    if (right.value != value_of(trainer->task, rules))
        return make_correction(trainer, meeting, pair, err);
    start_answer(&trainer->chosen);
    if (!add_reasons(trainer, rules, meeting->label->importance,
                     &trainer->chosen, err))
        return false;
    end_answer(&trainer->chosen, &right);
    if (pair)
        make_mistake(trainer, meeting->id, right.value);
    return true;
}
