// npm run adapters [-- --node <binary>]: what doctor finds in the public adapters that bench has, as
// docs/adapters.md.
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { prepare } from './prepare.mjs'

const { node = process.execPath } = parseArgs({ options: { node: { type: 'string' } } }).values
const root = new URL('../', import.meta.url)
const contentTypes = ['image/png', 'application/octet-stream']

// What the documentation of each asks for: most have to be told of binary types.
const contestants = [
  ['koa-alb', {}],
  ['serverless-http', { binary: contentTypes }],
  ['@codegenie/serverless-express', { binarySettings: { contentTypes } }],
  ['@vendia/serverless-express', { binarySettings: { contentTypes } }],
  ['@h4ad/serverless-adapter', { contentTypes }],
  ['hono', {}],
  ['@fastify/aws-lambda', { binaryMimeTypes: contentTypes }],
  ['@aws-lambda-powertools/event-handler', {}],
]

prepare()
const columns = []
for (const [name, options] of contestants) {
  columns.push({
    name,
    options,
    version: await versionOf(name),
    report: await reportOn(name, options),
  })
}
await writeFile(new URL('docs/adapters.md', root), page(columns))

async function versionOf(name) {
  const manifest = new URL(`bench/node_modules/${name}/package.json`, root)
  return JSON.parse(await readFile(manifest, 'utf8')).version
}

function reportOn(name, options) {
  const bin = new URL('packages/koa-alb-local/bin/koa-alb-local.js', root).pathname
  const args = [bin, 'doctor', '--adapter', name, '--adapter-options', JSON.stringify(options)]
  return new Promise((resolve, reject) => {
    const settings = { cwd: new URL('bench', root).pathname, maxBuffer: 2 ** 26 }
    execFile(node, [...args, '--format', 'json'], settings, (_error, stdout, stderr) => {
      if (stdout === '') reject(new Error(`${name}: ${stderr}`))
      else resolve(JSON.parse(stdout))
    })
  })
}

function page(all) {
  const [{ report }] = all
  const rows = report.checks
    .map(({ code, name, severity }) => ({
      code,
      name,
      severity,
      cells: all.map((each) => cell(each, code)),
    }))
    .filter(
      ({ code, cells }) =>
        code.startsWith('ALB2') || cells.some((each) => !['✓', '–'].includes(each)),
    )
    .filter(({ code }) => code < 'ALB4')
  const passed = report.checks.filter(({ code }) => code < 'ALB4').length - rows.length
  const head = ['Check', ...all.map(({ name, version }) => `${name} ${version}`)]
  const lines = rows.map(({ code, name, severity, cells }) => [
    `<a id="${code.toLowerCase()}"></a>[${code}](doctor.md#${code.toLowerCase()}) ${severity}: ${name}`,
    ...cells,
  ])
  return `# Adapters

What [doctor](doctor.md) finds in adapters, written by \`npm run adapters\` on
${new Date().toISOString().slice(0, 10)} with Node ${report.node}.

The app is a request listener of Node, for Hono and Powertools a function of \`Request\`, in front of it
nothing but the adapter, told of the binary types ${contentTypes.map((type) => `\`${type}\``).join(' and ')}
where it asks for them. \`@fastify/aws-lambda\` is bundled, since what it requires is an ES module, which
Lambda's Node refuses. A cell has the header modes in which the check fails, or ✓. A dash: the app was not answered. ${passed}
more checks pass in every adapter, and are left out.

The checks are ours, and koa-alb is held to them by its tests: that it passes is no surprise. One that it
fails is welcome.

What clients see of it when an app moves from one of them to koa-alb is in [migrate](migrate/README.md).

What is text to one adapter is bytes to another: of text in latin1 and text that is no UTF-8, most send
replacement characters unless they are told that it is binary.

${[head, head.map(() => '---'), ...lines].map((line) => `| ${line.join(' | ')} |`).join('\n')}
${silent(all)}
The options of each:

${all.map(({ name, options }) => `- \`${name}\`: \`${JSON.stringify(options)}\``).join('\n')}

## What is no difference

\`compare\` says so where two answers differ in their bytes and mean the same: in a blank before the parameters
of a media type, and in an etag that is made of a body which is another one.
`
}

function silent(all) {
  const notes = all.flatMap(({ name, report }) => {
    const { findings } = report.checks.find(({ code }) => code === 'ALB101')
    const [first] = findings
    if (!first) return []
    const text = first.message.replaceAll(/\S*\/node_modules\//g, '')
    return [`- \`${name}\`: ${text}`]
  })
  return notes.length === 0 ? '' : `\nWhy some events are not answered:\n\n${notes.join('\n')}\n`
}

function cell({ report }, code) {
  const { status, findings } = report.checks.find((check) => check.code === code)
  if (status === 'passed') return '✓'
  if (status === 'not run') return '–'
  const modes = ['single', 'multi'].filter((mode) =>
    findings.some((each) => each.modes.includes(mode)),
  )
  return modes.join(', ') || 'fails'
}
