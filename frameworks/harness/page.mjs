import { existsSync, readFileSync } from 'node:fs'
import { runsOn } from './rows.mjs'

/** docs/frameworks.md: what is installed and what the apps do, from their own files. */
export function page(rows, nodeVersions) {
  const apps = rows.filter(({ kind }) => kind === 'apps')
  const agents = rows.filter(({ kind }) => kind === 'agents')
  return `${[
    intro(rows.length),
    '## Frameworks',
    table(apps, nodeVersions),
    '## Handlers',
    'The file that Lambda loads, as it is tested. `app.mjs` is what runs under `app.listen()`, too.',
    ...handlers(apps),
    '## Agents',
    agentsIntro,
    table(agents, nodeVersions),
    ...agents.map(loading),
  ].join('\n\n')}\n`
}

const intro = (count) => `# Frameworks and agents

Each of the ${count} rows below is a small app in [frameworks](../frameworks). \`npm run frameworks\` visits it
over \`app.listen()\` and over its handler behind a load balancer, in both header modes, each in a process
of its own, and compares status, header lines, body bytes and what an agent recorded. What
[a load balancer changes](alb-behaviour.md) is taken out first; nothing else may differ. \`.ci/run\` does it
on Node 24, \`npm run frameworks -- --node <binary>\` on another line. This page is written by
\`npm run frameworks -- --docs\` when all rows pass, and the run fails when it is not up to date.

"Node" has the lines on which the packages say that they run. "The basics" are parameters and query, HEAD
and OPTIONS, bodies in JSON, as a form and as 70 KB of bytes, cookies, an image, a stream, 204, 304, a
redirect, 404 and 500.`

const agentsIntro = `An agent must be loaded before the app, and finds its packages by \`import\` and \`require\`: leave them out
of the bundle. In Lambda it is loaded by the environment variables below, beside the agent's own for keys
and addresses; with the same ones the test starts apps in Koa, in Express and in nothing but a request
listener, receives what the agent sends, and compares it.

Lambda stops the process between invocations. What an agent has not sent by then waits for the next one,
or for the agent's extension.`

function table(rows, nodeVersions) {
  const lines = rows.map((row) => {
    const packages = row.packages.map(({ name, version }) => `${name} ${version}`).join(', ')
    const link = `[${row.name}](../frameworks/${row.kind}/${row.id})`
    return `| ${link} | ${packages || '-'} | ${nodeLines(row, nodeVersions)} | ${row.covers} |`
  })
  return [
    '| Row | Versions | Node | What is compared |',
    '| --- | --- | --- | --- |',
    ...lines,
  ].join('\n')
}

function nodeLines(row, versions) {
  return versions
    .filter((version) => runsOn(row, version))
    .map((version) => version.split('.')[0])
    .join(', ')
}

/** Rows whose handler is the same stand together. */
function handlers(rows) {
  const byCode = new Map()
  for (const { name, folder } of rows) {
    const code = readFileSync(`${folder}/lambda.mjs`, 'utf8')
    byCode.set(code, [...(byCode.get(code) ?? []), name])
  }
  return [...byCode].map(([code, names]) => `### ${names.join(' · ')}\n\n${fenced('js', code)}`)
}

function loading({ name, folder, load, notes }) {
  const variables = Object.entries(load).map(([key, value]) => `${key}=${value}\n`)
  const code = ['instrument.mjs', ...(variables.length > 0 ? [] : ['app.mjs'])]
    .filter((file) => existsSync(`${folder}/${file}`))
    .map((file) => `\`${file}\`:\n\n${fenced('js', readFileSync(`${folder}/${file}`, 'utf8'))}`)
  const shown = variables.length > 0 ? [fenced('sh', variables.join(''))] : []
  return [`### ${name}`, ...shown, ...code, notes].filter(Boolean).join('\n\n')
}

function fenced(language, code) {
  return `\`\`\`${language}\n${code}\`\`\``
}
