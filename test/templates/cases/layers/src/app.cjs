const shared = require('shared')
const file = require('/opt/nodejs/file')

exports.handler = async () => ({ statusCode: 200, headers: {}, body: `${shared} ${file}` })
