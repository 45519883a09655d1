// README.md, as the Hub reads it: front matter with a parser of YAML, and the
// page with one of Markdown.
'use strict';

const fs = require('fs');
const path = require('path');
const modules = require('./modules');

const YAML = modules('yaml');
const MarkdownIt = modules('markdown-it');

const SPLITS = { train: 'train', validation: 'validation', heldout: 'test' };

function pattern(glob) {
    const text = glob.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '[^/]*').replace(/\?/g, '[^/]');
    return new RegExp(`^${text}$`);
}

function readCard(folder) {
    const text = fs.readFileSync(path.join(folder, 'README.md'), 'utf8');
    const match = /^---\n([\s\S]*?\n)---\n([\s\S]*)$/.exec(text);
    if (!match)
        throw new Error('there is no front matter');
    return { front: match[1], body: match[2] };
}

// The front matter, which must say the same to readers of both YAMLs.
function parse(front) {
    const now = YAML.parse(front, { version: '1.2', strict: true, uniqueKeys: true });
    const old = YAML.parse(front, { version: '1.1', strict: true, uniqueKeys: true });
    if (JSON.stringify(now) !== JSON.stringify(old))
        throw new Error('YAML 1.1 and 1.2 read different things');
    return now;
}

function fields(front, manifest) {
    const problems = [];
    const wanted = {
        language: ['en'],
        annotations_creators: manifest.labels.reviewed
            ? ['machine-generated', 'other'] : ['machine-generated'],
        language_creators: ['machine-generated'],
    };
    for (const [name, value] of Object.entries(wanted))
        if (JSON.stringify(front[name]) !== JSON.stringify(value))
            problems.push(`${name} is ${JSON.stringify(front[name])}`);
    for (const name of ['license', 'pretty_name'])
        if (typeof front[name] !== 'string' || !front[name])
            problems.push(`${name} is ${JSON.stringify(front[name])}`);
    for (const tag of ['synthetic', 'calendar'])
        if (!front.tags.includes(tag))
            problems.push(`no tag ${tag}`);
    const talks = manifest.shapes.some(shape => shape.task);
    const tables = manifest.shapes.some(shape => !shape.task);
    const tasks = [tables && 'text-classification', talks && 'text-generation'].filter(Boolean);
    if (JSON.stringify(front.task_categories) !== JSON.stringify(tasks))
        problems.push(`task_categories are ${JSON.stringify(front.task_categories)}`);
    return problems;
}

function size(front, meetings) {
    const units = { '': 1, K: 1e3, M: 1e6, B: 1e9, T: 1e12 };
    const number = text => Number(/^\d+/.exec(text)[0]) * units[/[KMBT]?$/.exec(text)[0]];
    const [word, ...more] = front.size_categories;
    const between = /^(\w+)<n<(\w+)$/.exec(word);
    const below = /^n<(\w+)$/.exec(word);
    const low = between ? number(between[1]) : 0;
    const high = between ? number(between[2]) : below ? number(below[1]) : Infinity;
    return more.length || meetings < low || meetings >= high ? [`${word} for ${meetings} meetings`] : [];
}

// Every file with rows is named once, by the configuration of its form and the
// split of its part, and nothing else is.
function configs(front, manifest) {
    const problems = [];
    const names = front.configs.map(config => config.config_name);
    const shapes = manifest.shapes.map(shape => shape.name);
    if (JSON.stringify(names) !== JSON.stringify(shapes))
        problems.push(`configurations ${names} of forms ${shapes}`);
    front.configs.forEach((config, at) => {
        if ((config.default === true) !== (at === 0))
            problems.push(`default of ${config.config_name} is ${config.default}`);
    });
    const named = new Map(manifest.files.map(file => [file.name, []]));
    for (const config of front.configs)
        for (const { split, path: glob } of config.data_files) {
            const hits = manifest.files.filter(file => pattern(glob).test(file.name));
            if (!hits.length)
                problems.push(`${config.config_name}: ${glob} names no file`);
            for (const file of hits) {
                named.get(file.name).push(glob);
                if (file.shape !== config.config_name || SPLITS[file.part] !== split)
                    problems.push(`${config.config_name}, ${split}: ${file.name}`);
            }
        }
    for (const file of manifest.files) {
        const wanted = file.rows > 0 ? 1 : 0;
        if (named.get(file.name).length !== wanted)
            problems.push(`${file.name} with ${file.rows} rows is named ${named.get(file.name).length} times`);
    }
    return problems;
}

const plain = text => text.replace(/\s+/g, ' ').trim();

// The words of a heading or a cell.
const words = token => token.children.map(child => child.content).join('');

// The page holds what was meant to be text as text, and its tables are whole.
function page(body, front) {
    const problems = [];
    const tokens = new MarkdownIt({ html: true }).parse(body, {});
    const at = tokens.findIndex(token => token.type === 'heading_open' && token.tag === 'h1');
    const title = at < 0 ? '' : words(tokens[at + 1]);
    if (plain(title) !== plain(front.pretty_name))
        problems.push(`the heading is ${JSON.stringify(title)}`);
    for (const token of tokens) {
        if (token.type.startsWith('html'))
            problems.push(`HTML: ${token.content}`);
        if (token.type === 'inline' && token.children.some(child => child.type === 'html_inline'))
            problems.push(`HTML in ${token.content}`);
        if (token.type === 'inline' && /^\|.*\|$/m.test(token.content))
            problems.push(`a table that is none: ${token.content}`);
    }
    for (const section of ['Records', 'How it was made', 'Splits', 'Distributions', 'Leaks', 'Loading',
        'Known limits', 'License and citation'])
        if (!tokens.some(token => token.type === 'inline' && token.content === section))
            problems.push(`no section ${section}`);
    return problems;
}

// Rows of tables have as many cells as their heads: in the text, as a parser
// fills up and cuts off in silence.
function tables(body) {
    const problems = [];
    let columns = 0;
    let fenced = false;
    for (const line of body.split('\n')) {
        if (line.startsWith('```'))
            fenced = !fenced;
        if (fenced || !line.startsWith('|')) {
            columns = 0;
            continue;
        }
        const cells = line.replace(/\\\\/g, '').replace(/\\\|/g, '').split('|').length;
        columns = columns || cells;
        if (cells !== columns)
            problems.push(`${cells - 2} cells of ${columns - 2}: ${line}`);
    }
    return problems;
}

// A number of the table of parts is that of the manifest.
function counts(body, meetings) {
    const line = /^\| meetings \| (.*) \|$/m.exec(body);
    const shown = line ? line[1].split(' | ').map(cell => Number(cell.replace(/,/g, ''))) : [];
    const wanted = ['train', 'validation', 'heldout'].map(part => meetings[part] || 0);
    return JSON.stringify(shown) === JSON.stringify(wanted) ? [] : [`meetings ${shown}, wanted ${wanted}`];
}

async function checkCard(report, folder, manifest, meetings, words_) {
    let card, front;
    await report.run('card: front matter is YAML', () => {
        card = readCard(folder);
        front = parse(card.front);
        return [];
    });
    if (!front)
        return;
    const all = Object.values(meetings).reduce((sum, n) => sum + n, 0);
    await report.run('card: its fields', () => fields(front, manifest));
    await report.run('card: size category', () => size(front, all));
    await report.run('card: configurations name every file with rows once', () => configs(front, manifest));
    await report.run('card: Markdown', () => page(card.body, front).concat(tables(card.body)));
    await report.run('card: meetings of the parts', () => counts(card.body, meetings));
    if (words_)
        report.is('card: title and license as given', words_, { title: front.pretty_name, license: front.license });
}

module.exports = { checkCard, pattern };
