// The packages of package.json, wherever tests/formats/check has installed them.
'use strict';

const path = require('path');

const folder = process.env.FORMATS_MODULES;
if (!folder) {
    console.error('tests/formats: FORMATS_MODULES names no folder; run tests/formats/check');
    process.exit(2);
}
module.exports = require('module').createRequire(path.resolve(folder, 'package.json'));
