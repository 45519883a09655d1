// What checks found: a line for each, and which of them failed.
'use strict';

const SHOWN = 5;

class Report {
    constructor(title, quiet) {
        this.title = title;
        this.quiet = quiet;
        this.passed = 0;
        this.failed = [];
    }

    // A check with what is wrong, a text for each.
    check(name, problems) {
        const good = problems.length === 0;
        if (good)
            this.passed++;
        else
            this.failed.push(name);
        if (this.quiet)
            return;
        console.log(`${good ? 'ok   ' : 'FAIL '} ${this.title}: ${name}`);
        for (const problem of problems.slice(0, SHOWN))
            console.log(`  ${String(problem).slice(0, 400)}`);
        if (problems.length > SHOWN)
            console.log(`  and ${problems.length - SHOWN} more`);
    }

    is(name, wanted, got) {
        const [one, other] = [JSON.stringify(wanted), JSON.stringify(got)];
        this.check(name, one === other ? [] : [`wanted ${one}`, `got ${other}`]);
    }

    // A check that may throw, which is a failure of it.
    async run(name, work) {
        try {
            this.check(name, await work());
        } catch (error) {
            this.check(name, [error.message]);
        }
    }
}

module.exports = { Report };
