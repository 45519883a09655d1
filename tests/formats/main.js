// Checks export folders: main.js FOLDER...; the records of all but the first are
// held against it when they are the same export in another packing (--same).
'use strict';

const path = require('path');
const { Report } = require('./lib/report');
const { checkFolder, checkSame } = require('./lib/folder');

async function main() {
    const args = process.argv.slice(2);
    const same = args[0] === '--same';
    const folders = same ? args.slice(1) : args;
    const words = process.env.FORMATS_TITLE
        ? { title: process.env.FORMATS_TITLE, license: process.env.FORMATS_LICENSE } : undefined;
    let passed = 0;
    let failed = 0;
    for (const folder of folders) {
        const report = new Report(path.basename(folder));
        try {
            await checkFolder(report, folder, words);
            if (same && folder !== folders[0])
                await checkSame(report, folders[0], folder);
        } catch (error) {
            report.check('can be read', [error.stack]);
        }
        passed += report.passed;
        failed += report.failed.length;
    }
    console.log(`${passed} passed, ${failed} failed`);
    process.exitCode = failed ? 1 : 0;
}

main();
