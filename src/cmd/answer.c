/* What each key means at each stage of an answer. */
#include "answer.h"

#include "datebook/rules.h"
#include "datebook/table.h"

#include <stdlib.h>

enum {
    VALUES = 1U << ANSWER_IMPORTANCE | 1U << ANSWER_PREP | 1U << ANSWER_RSVP
};

void answer_start(struct answer *answer, const struct answer_terms *terms)
{
    *answer = (struct answer){.terms = *terms, .realistic = true};
    if (terms->blind)
        return;
    answer->says = terms->label;
    answer->given = VALUES;
}

bool answer_shows_label(const struct answer *answer)
{
    return !answer->terms.blind || answer->stage == ANSWER_SHOWN ||
           answer->stage == ANSWER_RULE || answer->stage == ANSWER_FINISHED;
}

static bool corrects(const struct answer *answer)
{
    return !review_values_same(&answer->says, &answer->terms.label);
}

/* ---- From stage to stage ---- */

static enum answer_result go(struct answer *answer, enum answer_stage stage)
{
    answer->stage = stage;
    answer->typed[0] = '\0';
    return ANSWER_GOES_ON;
}

static enum answer_result finish(struct answer *answer)
{
    if (!corrects(answer)) {
        answer->cause = CAUSE_NONE;
        answer->rule = NULL;
    }
    answer->stage = ANSWER_FINISHED;
    return ANSWER_GIVEN;
}

/* After the last of the three values. */
static enum answer_result after_values(struct answer *answer)
{
    if (answer->terms.blind) {
        go(answer, ANSWER_SHOWN);
        return ANSWER_REVEALS;
    }
    return corrects(answer) ? go(answer, ANSWER_CAUSE) : finish(answer);
}

/* A cause is the last that is asked, but who is blind still may add a note. */
static enum answer_result after_cause(struct answer *answer)
{
    return answer->terms.blind ? go(answer, ANSWER_SHOWN) : finish(answer);
}

static enum answer_result go_back(struct answer *answer)
{
    static const enum answer_stage before[] = {
        [ANSWER_REALISTIC] = ANSWER_REALISTIC,
        [ANSWER_AGREES] = ANSWER_REALISTIC,
        [ANSWER_IMPORTANCE] = ANSWER_AGREES,
        [ANSWER_PREP] = ANSWER_IMPORTANCE,
        [ANSWER_RSVP] = ANSWER_PREP,
        [ANSWER_CAUSE] = ANSWER_RSVP,
        [ANSWER_RULE] = ANSWER_CAUSE,
        [ANSWER_SHOWN] = ANSWER_SHOWN,
        [ANSWER_FINISHED] = ANSWER_FINISHED,
    };
    enum answer_stage stage = before[answer->stage];

    if (answer->stage == ANSWER_SHOWN)
        answer->remark = "The label was shown: what was said of it stays.";
    if (answer->terms.blind && stage == ANSWER_AGREES)
        stage = ANSWER_REALISTIC;
    if (answer->terms.blind && stage == ANSWER_CAUSE)
        stage = ANSWER_SHOWN;
    return go(answer, stage);
}

static enum answer_result unknown(struct answer *answer)
{
    answer->remark = "That key means nothing here; ? lists the keys.";
    return ANSWER_GOES_ON;
}

/* ---- Typing ---- */

static void drop_last(char *typed)
{
    size_t length = strlen(typed);

    while (length && ((unsigned char)typed[length - 1] & 0xC0) == 0x80)
        length--;
    typed[length ? length - 1 : 0] = '\0';
}

/* Adds to what is typed, or takes away; false for a key that does neither. */
static bool edit(struct answer *answer, const struct key *key)
{
    size_t length = strlen(answer->typed);
    size_t more = strlen(key->text);

    if (key->kind == KEY_KILL)
        answer->typed[0] = '\0';
    else if (key->kind == KEY_BACKSPACE && length)
        drop_last(answer->typed);
    else if (key->kind != KEY_CHARACTER)
        return false;
    else if (length + more > REVIEW_NOTE)
        answer->remark = "The note is as long as it can be.";
    else
        memcpy(answer->typed + length, key->text, more + 1);
    return true;
}

/* The note that was typed, without spaces around it. */
static void keep_note(struct answer *answer)
{
    const char *start = answer->typed + strspn(answer->typed, " ");
    size_t length = strlen(start);

    while (length && start[length - 1] == ' ')
        length--;
    memcpy(answer->note, start, length);
    answer->note[length] = '\0';
}

static enum answer_result feed_note(struct answer *answer,
                                    const struct key *key)
{
    if (edit(answer, key) || key->kind == KEY_OTHER)
        return ANSWER_GOES_ON;
    if (key->kind == KEY_ENTER)
        keep_note(answer);
    if (key->kind != KEY_ENTER && key->kind != KEY_ESCAPE)
        return ANSWER_GOES_ON;
    answer->noting = false;
    answer->typed[0] = '\0';
    return ANSWER_GOES_ON;
}

static enum answer_result start_note(struct answer *answer)
{
    answer->noting = true;
    memcpy(answer->typed, answer->note, sizeof answer->typed);
    return ANSWER_GOES_ON;
}

/* Digits only, of a number that is not longer than `most`; others are what
 * they are anywhere. */
static bool edit_number(struct answer *answer, const struct key *key,
                        size_t most)
{
    bool digit = key->kind == KEY_CHARACTER && key->text[0] >= '0' &&
                 key->text[0] <= '9';

    if (key->kind == KEY_CHARACTER && !digit)
        return false;
    if (digit && strlen(answer->typed) >= most)
        return true;
    return edit(answer, key);
}

/* ---- What is asked ---- */

/* A letter, whatever its case; 0 for no character of ASCII. */
static char letter_of(const struct key *key)
{
    char c = key->kind == KEY_CHARACTER && !key->text[1] ? key->text[0] : '\0';

    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Takes over an opinion by its number. */
static bool take_choice(struct answer *answer, char letter)
{
    size_t number = (size_t)(letter - '1');
    const struct opinion *choice;

    if (letter < '1' || letter > '9' || number >= answer->terms.choice_count)
        return false;
    choice = answer->terms.choices[number];
    answer->realistic = choice->realistic;
    answer->says = choice->says;
    answer->cause = choice->cause;
    answer->rule = choice->rule;
    return true;
}

static enum answer_result feed_realistic(struct answer *answer, char letter)
{
    if (take_choice(answer, letter))
        return finish(answer);
    if (letter != 'y' && letter != 'n')
        return unknown(answer);
    answer->realistic = letter == 'y';
    return go(answer, answer->terms.blind ? ANSWER_IMPORTANCE : ANSWER_AGREES);
}

static enum answer_result feed_agrees(struct answer *answer, char letter)
{
    bool realistic = answer->realistic;

    if (take_choice(answer, letter)) {
        answer->realistic = realistic;
        return finish(answer);
    }
    if (letter == 'c')
        return go(answer, ANSWER_IMPORTANCE);
    if (letter != 'a')
        return unknown(answer);
    answer->says = answer->terms.label;
    return finish(answer);
}

static enum answer_result set_value(struct answer *answer, int *value,
                                    int number)
{
    enum answer_stage stage = answer->stage;

    *value = number;
    answer->given |= 1U << stage;
    if (stage == ANSWER_RSVP)
        return after_values(answer);
    return go(answer, stage == ANSWER_IMPORTANCE ? ANSWER_PREP : ANSWER_RSVP);
}

/* Enter keeps a value that there is. */
static enum answer_result keep_value(struct answer *answer, int *value)
{
    if (answer->given & 1U << answer->stage)
        return set_value(answer, value, *value);
    answer->remark = "It has to be said: the label is not shown before.";
    return ANSWER_GOES_ON;
}

static enum answer_result feed_importance(struct answer *answer,
                                          const struct key *key)
{
    char letter = letter_of(key);

    if (key->kind == KEY_ENTER)
        return keep_value(answer, &answer->says.importance);
    if (letter < '1' || letter > '4')
        return unknown(answer);
    return set_value(answer, &answer->says.importance,
                     IMPORTANCE_LOW + (letter - '1'));
}

static enum answer_result feed_prep(struct answer *answer,
                                    const struct key *key)
{
    long minutes;

    if (edit_number(answer, key, 4))
        return ANSWER_GOES_ON;
    if (key->kind != KEY_ENTER)
        return unknown(answer);
    if (!*answer->typed)
        return keep_value(answer, &answer->says.prep_minutes);
    minutes = strtol(answer->typed, NULL, 10);
    if (!minutes ||
        (minutes >= REVIEW_PREP_LEAST && minutes <= REVIEW_PREP_MOST))
        return set_value(answer, &answer->says.prep_minutes, (int)minutes);
    answer->remark = "0 minutes, or 5 to 240.";
    answer->typed[0] = '\0';
    return ANSWER_GOES_ON;
}

static enum answer_result feed_rsvp(struct answer *answer,
                                    const struct key *key)
{
    char letter = letter_of(key);

    if (key->kind == KEY_ENTER)
        return keep_value(answer, &answer->says.rsvp);
    if (letter != 'a' && letter != 't' && letter != 'd')
        return unknown(answer);
    return set_value(answer, &answer->says.rsvp,
                     letter == 'a'   ? RSVP_ACCEPT
                     : letter == 't' ? RSVP_TENTATIVE
                                     : RSVP_DECLINE);
}

static enum answer_result feed_cause(struct answer *answer,
                                     const struct key *key)
{
    char letter = letter_of(key);

    if (letter != 'w' && letter != 'e' && key->kind != KEY_ENTER)
        return unknown(answer);
    answer->rule = NULL;
    answer->cause = letter == 'w'   ? CAUSE_RULE
                    : letter == 'e' ? CAUSE_EXCEPTION
                                    : CAUSE_NONE;
    if (letter == 'w' && answer->terms.rule_count)
        return go(answer, ANSWER_RULE);
    return after_cause(answer);
}

static enum answer_result set_rule(struct answer *answer, size_t number)
{
    if (number > answer->terms.rule_count) {
        answer->remark = "There is no rule of that number.";
        answer->typed[0] = '\0';
        return ANSWER_GOES_ON;
    }
    answer->rule = number ? answer->terms.rules[number - 1] : NULL;
    return after_cause(answer);
}

/* One digit says which, as long as there are no more than nine. */
static enum answer_result feed_rule(struct answer *answer,
                                    const struct key *key)
{
    bool one = answer->terms.rule_count <= 9;

    if (edit_number(answer, key, 4)) {
        if (one && *answer->typed)
            return set_rule(answer, (size_t)(answer->typed[0] - '0'));
        return ANSWER_GOES_ON;
    }
    if (key->kind != KEY_ENTER)
        return unknown(answer);
    return set_rule(answer, (size_t)strtol(answer->typed, NULL, 10));
}

/* Blind, and the label is there to be seen. */
static enum answer_result feed_shown(struct answer *answer,
                                     const struct key *key)
{
    char letter = letter_of(key);

    if (key->kind == KEY_ENTER)
        return finish(answer);
    if ((letter == 'w' || letter == 'e') && corrects(answer))
        return feed_cause(answer, key);
    return unknown(answer);
}

static enum answer_result feed_stage(struct answer *answer,
                                     const struct key *key)
{
    switch (answer->stage) {
    case ANSWER_REALISTIC:
        return feed_realistic(answer, letter_of(key));
    case ANSWER_AGREES:
        return feed_agrees(answer, letter_of(key));
    case ANSWER_IMPORTANCE:
        return feed_importance(answer, key);
    case ANSWER_PREP:
        return feed_prep(answer, key);
    case ANSWER_RSVP:
        return feed_rsvp(answer, key);
    case ANSWER_CAUSE:
        return feed_cause(answer, key);
    case ANSWER_RULE:
        return feed_rule(answer, key);
    case ANSWER_SHOWN:
        return feed_shown(answer, key);
    default:
        return ANSWER_GIVEN;
    }
}

/* ---- Keys that mean the same everywhere ---- */

/* An answer that was given blind is not thrown away once the label was shown:
 * it could not be given blind again. */
static enum answer_result leave(struct answer *answer)
{
    if (!answer->terms.blind || !answer_shows_label(answer))
        return ANSWER_QUIT;
    finish(answer);
    return ANSWER_GIVEN_AND_QUIT;
}

static enum answer_result put_aside(struct answer *answer,
                                    enum answer_result how)
{
    if (!answer->terms.blind || !answer_shows_label(answer))
        return how;
    answer->remark = "The label was shown: Enter goes on first.";
    return ANSWER_GOES_ON;
}

/* False for a key that is the stage's own. */
static bool feed_common(struct answer *answer, const struct key *key,
                        enum answer_result *result)
{
    switch (letter_of(key)) {
    case 's':
        *result = put_aside(answer, ANSWER_SKIP);
        return true;
    case 'u':
        *result = put_aside(answer, ANSWER_UNDO);
        return true;
    case 'q':
        *result = leave(answer);
        return true;
    case 'o':
        *result = start_note(answer);
        return true;
    case '?':
        *result = ANSWER_HELP;
        return true;
    case ' ':
        *result = ANSWER_NEXT_PAGE;
        return true;
    case 'b':
        *result = ANSWER_PAGE_BACK;
        return true;
    default:
        return false;
    }
}

enum answer_result answer_feed(struct answer *answer, const struct key *key)
{
    enum answer_result result;

    answer->remark = NULL;
    if (key->kind == KEY_END)
        return leave(answer);
    if (key->kind == KEY_REDRAW)
        return ANSWER_GOES_ON;
    if (answer->noting)
        return feed_note(answer, key);
    if (feed_common(answer, key, &result))
        return result;
    if (key->kind == KEY_PAGE_DOWN || key->kind == KEY_DOWN)
        return ANSWER_NEXT_PAGE;
    if (key->kind == KEY_PAGE_UP || key->kind == KEY_UP)
        return ANSWER_PAGE_BACK;
    if (key->kind == KEY_ESCAPE ||
        (key->kind == KEY_BACKSPACE && !*answer->typed))
        return go_back(answer);
    return feed_stage(answer, key);
}

void answer_opinion(const struct answer *answer, struct opinion *opinion)
{
    opinion->blind = answer->terms.blind;
    opinion->realistic = answer->realistic;
    opinion->says = answer->says;
    opinion->cause = answer->cause;
    opinion->rule = answer->rule;
    opinion->note = answer->note;
}
