// Tests the checks: a folder that is right is broken in one way after the other,
// and the check that is there for it must fail.  selftest.js FOLDER
'use strict';

const crypto = require('crypto');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { Report } = require('./lib/report');
const { checkFolder } = require('./lib/folder');

const read = (folder, name) => fs.readFileSync(path.join(folder, name), 'utf8');
const write = (folder, name, text) => fs.writeFileSync(path.join(folder, name), text);

// Changes a text, which must not stay as it was.
function edit(folder, name, change) {
    const old = read(folder, name);
    const text = change(old);
    if (text === old)
        throw new Error(`${name} was not broken`);
    write(folder, name, text);
}

function replace(folder, name, from, to) {
    edit(folder, name, text => text.replace(from, () => to));
}

function editJson(folder, name, change) {
    edit(folder, name, text => {
        const value = JSON.parse(text);
        change(value);
        return JSON.stringify(value, null, 2) + '\n';
    });
}

function editLine(folder, name, at, change) {
    edit(folder, name, text => {
        const lines = text.split('\n');
        const value = JSON.parse(lines[at]);
        lines[at] = JSON.stringify(change(value) ?? value);
        return lines.join('\n');
    });
}

// Brings the sums of the manifest and of Croissant in line again, so that it is
// not they that find a break.
function mend(folder) {
    const sum = name => crypto.createHash('sha256').update(fs.readFileSync(path.join(folder, name))).digest('hex');
    const size = name => fs.statSync(path.join(folder, name)).size;
    const manifest = JSON.parse(read(folder, 'manifest.json'));
    const croissant = JSON.parse(read(folder, 'croissant.json'));
    for (const file of croissant.distribution)
        if (file.contentUrl && fs.existsSync(path.join(folder, file.contentUrl))) {
            file.sha256 = sum(file.contentUrl);
            file.contentSize = `${size(file.contentUrl)} B`;
        }
    write(folder, 'croissant.json', JSON.stringify(croissant, null, 2) + '\n');
    for (const file of [...manifest.files, ...manifest.documents]) {
        file.sha256 = sum(file.name);
        file.bytes = size(file.name);
    }
    write(folder, 'manifest.json', JSON.stringify(manifest, null, 2) + '\n');
}

const GRAPH = 'data/graph/train.jsonl';
const CSV = 'data/csv/train.csv';

// [what is broken, how, the check that must fail, whether sums stay wrong]
const BREAKS = [
    ['a byte of a data file', f => replace(f, GRAPH, 'bodyPreview', 'bodyPreviem'), 'sums of the files', true],
    ['a file that nobody named', f => write(f, 'data/graph/more.jsonl', '{}\n'), 'files are those of the manifest'],
    ['a file that is gone', f => fs.unlinkSync(path.join(f, CSV)), 'files are those of the manifest', true],
    ['a row that is gone', f => edit(f, GRAPH, text => text.slice(text.indexOf('\n') + 1)),
        'rows of every file, as the manifest says'],
    ['a row of the CSV that is gone', f => edit(f, CSV, text => text.replace(/\r\n[^"\r]*\r\n/, '\r\n')),
        'csv and graph say the same'],
    ['an enumeration in capitals', f => editLine(f, GRAPH, 3, event => { event.showAs = event.showAs.toUpperCase(); }),
        'lines of graph fit their schema'],
    ['a time without its fraction', f => editLine(f, GRAPH, 0, event => {
        event.start.dateTime = event.start.dateTime.slice(0, 19);
    }), 'lines of graph fit their schema'],
    ['preparation without minutes', f => editLine(f, GRAPH, 1, event => {
        event.prep_needed = !event.prep_needed;
    }), 'graph: labels in range'],
    ['a label that is none', f => editLine(f, GRAPH, 2, event => { event.importance_label = 'urgent'; }),
        'graph: labels in range'],
    ['another label', f => editLine(f, GRAPH, 2, event => {
        event.importance_label = event.importance_label === 'low' ? 'high' : 'low';
    }), 'csv and graph say the same'],
    ['statistics of something else', f => editJson(f, 'statistics.json', value => {
        value.by_part.train.importance_distribution.low++;
    }), 'statistics of what is there'],
    ['a held-out persona that trains', f => {
        const { persona_id } = JSON.parse(read(f, 'data/graph/heldout.jsonl').split('\n')[0]);
        editLine(f, GRAPH, 0, event => { event.persona_id = persona_id; });
    }, 'graph: nobody on both sides, no id twice'],
    ['an id twice', f => {
        const { id } = JSON.parse(read(f, GRAPH).split('\n')[1]);
        editLine(f, GRAPH, 0, event => { event.id = id; });
    }, 'graph: nobody on both sides, no id twice'],
    ['a subject that is cut in the CSV', f => edit(f, CSV, text => {
        const lines = text.split('\r\n');
        lines[1] = lines[1].replace(/^([^,]*,[^,]*,)("?)./, '$1$2');
        return lines.join('\r\n');
    }), 'csv and graph say the same'],
    ['a record without its assistant', f => editLine(f, 'data/sft-importance/train.jsonl', 0, record => {
        record.messages.pop();
    }), 'lines of sft-importance fit their schema'],
    ['an answer of another meeting', f => editLine(f, 'data/trl-sft-prep/train.jsonl', 0, record => {
        const answer = JSON.parse(record.completion[0].content);
        answer.prep_needed = !answer.prep_needed;
        answer.prep_time_minutes = answer.prep_needed ? 30 : 0;
        record.completion[0].content = JSON.stringify(answer);
    }), 'answers of trl-sft-prep are the labels'],
    ['an answer that is no JSON', f => editLine(f, 'data/trl-sft-prep/heldout.jsonl', 0, record => {
        record.completion[0].content += '}';
    }), 'answers of trl-sft-prep are the labels'],
    ['a rejected answer that is right', f => editLine(f, 'data/dpo-rsvp/train.jsonl', 0, record => {
        record.non_preferred_output = record.preferred_output;
    }), 'answers of dpo-rsvp are the labels'],
    ['two good answers', f => editLine(f, 'data/kto-importance/train.jsonl', 1, record => {
        record.label = !record.label;
    }), 'answers of kto-importance are the labels'],
    ['front matter that is no YAML', f => replace(f, 'README.md', 'license: ', 'license: "'),
        'card: front matter is YAML'],
    ['a configuration of another file', f => replace(f, 'README.md', 'path: "data/graph/heldout.jsonl"',
        'path: "data/graph/train.jsonl"'), 'card: configurations name every file with rows once'],
    ['no default', f => replace(f, 'README.md', '  default: true\n', ''),
        'card: configurations name every file with rows once'],
    ['a pattern that takes too much', f => replace(f, 'README.md', 'path: "data/graph/heldout.jsonl"',
        'path: "data/graph/*.jsonl"'), 'card: configurations name every file with rows once'],
    ['a size category', f => replace(f, 'README.md', 'n<1K', '1M<n<10M'), 'card: size category'],
    ['HTML in the card', f => replace(f, 'README.md', '\n# ', '\n# <b>'), 'card: Markdown'],
    ['a cell too many', f => replace(f, 'README.md', '| meetings |', '| meet | ings |'), 'card: Markdown'],
    ['other numbers in the card', f => edit(f, 'README.md', text => text.replace(/^\| meetings \| /m, '$&1')),
        'card: meetings of the parts'],
    ['a term that the context does not know', f => editJson(f, 'croissant.json', value => {
        delete value['@context'].recordSet;
    }), 'croissant: what must be said of a dataset'],
    ['a context that must be fetched', f => editJson(f, 'croissant.json', value => {
        value['@context'] = 'https://context.example/croissant';
    }), 'croissant: expands as JSON-LD'],
    ['no license', f => editJson(f, 'croissant.json', value => { delete value.license; }),
        'croissant: what must be said of a dataset'],
    ['no license, by schema', f => editJson(f, 'croissant.json', value => { delete value.license; }),
        'croissant.json fits its schema'],
    ['a sum in Croissant', f => editJson(f, 'croissant.json', value => {
        value.distribution[0].sha256 = value.distribution[0].sha256.split('').reverse().join('');
    }), 'croissant: files, their sizes and sums', true],
    ['a field of no column', f => replace(f, 'croissant.json', '"column": "importance_label"',
        '"column": "importance"'), 'croissant: fields of graph'],
    ['a field of the wrong type', f => editJson(f, 'croissant.json', value => {
        const graph = value.recordSet.find(set => set['@id'] === 'graph');
        graph.field.find(field => field.name === 'subject').dataType = 'sc:Integer';
    }), 'croissant: fields of graph'],
    ['a member without a field', f => editJson(f, 'croissant.json', value => {
        value.recordSet.find(set => set['@id'] === 'csv').field.pop();
    }), 'croissant: fields of csv'],
    ['a split of another name', f => replace(f, 'croissant.json', '"splits/name": "heldout"',
        '"splits/name": "test"'), 'croissant: splits'],
    ['a set of too many files', f => replace(f, 'croissant.json', '"includes": "data/graph/*.jsonl"',
        '"includes": "data/*/*.jsonl"'), 'croissant: sets of files'],
    ['a manifest with a member too many', f => editJson(f, 'manifest.json', value => { value.extra = 1; }),
        'manifest.json fits its schema'],
    ['a label for nobody', f => editJson(f, 'statistics.json', value => {
        value.importance_distribution.urgent = 0;
    }), 'statistics.json fits its schema'],
];

async function findings(folder) {
    const report = new Report('', true);
    try {
        await checkFolder(report, folder);
    } catch (error) {
        report.check(`threw ${error.message}`, ['']);
    }
    return report.failed;
}

async function main() {
    const [folder] = process.argv.slice(2);
    const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'datebook-selftest-'));
    const report = new Report('selftest');
    const copy = path.join(temporary, 'copy');
    const renew = () => {
        fs.rmSync(copy, { recursive: true, force: true });
        fs.cpSync(folder, copy, { recursive: true });
    };
    try {
        renew();
        mend(copy);
        report.check('nothing is found where nothing is broken', await findings(copy));
        for (const [what, harm, wanted, raw] of BREAKS) {
            renew();
            await report.run(what, async () => {
                harm(copy);
                if (!raw)
                    mend(copy);
                const failed = await findings(copy);
                return failed.includes(wanted) ? [] : [`not found by "${wanted}"`, `failed: ${failed.join('; ')}`];
            });
        }
    } finally {
        fs.rmSync(temporary, { recursive: true, force: true });
    }
    console.log(`${report.passed} passed, ${report.failed.length} failed`);
    process.exitCode = report.failed.length ? 1 : 0;
}

main();
