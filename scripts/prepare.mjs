// Brings a clone up to date: Node version checked, dependencies installed, everything built.
// What is already up to date is skipped, so that a second run starts at once.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fail, manifest, pnpm, root } from './pnpm.mjs'

const folders = ['packages', 'examples']
  .flatMap((group) => readdirSync(join(root, group)).map((name) => `${group}/${name}`))
  .concat('bench', 'test', 'test/migrate/pages/serverless-http-3')
  .filter((folder) => existsSync(join(root, folder, 'package.json')))
const built = folders.filter((folder) => JSON.parse(read(`${folder}/package.json`)).scripts?.build)

export function prepare() {
  checkNode()
  whenStale(
    'Installing dependencies',
    hash([...rootFiles('package.json'), ...folders.map((folder) => `${folder}/package.json`)]),
    folders.map((folder) => `${folder}/node_modules`),
    ['install', '--frozen-lockfile'],
  )
  whenStale(
    'Building',
    hash([
      ...rootFiles('tsconfig.base.json', 'scripts/build-package.mjs', 'scripts/copy-documents.mjs'),
      ...sourceFiles('docs'),
      ...built.flatMap(sourceFiles),
    ]),
    built.map((folder) => `${folder}/dist`),
    ['--recursive', 'run', 'build'],
  )
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  const [, neededMajor, neededMinor] = /^>=(\d+)\.(\d+)$/.exec(manifest.engines.node).map(Number)
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return
  fail(`Node ${manifest.engines.node} is needed; this is ${process.version}.`)
}

/** Runs pnpm with `args` unless the last run that succeeded had the same inputs and left its outputs. */
function whenStale(title, inputs, outputs, args) {
  const stamp = join(root, 'node_modules/.koa-alb', title.toLowerCase().replace(' ', '-'))
  const fresh = existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs
  if (fresh && outputs.every((output) => existsSync(join(root, output)))) return
  rmSync(stamp, { force: true })
  console.error(`${title} …`)
  pnpm(args)
  mkdirSync(join(stamp, '..'), { recursive: true })
  writeFileSync(stamp, inputs)
}

function rootFiles(...more) {
  return ['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...more]
}

function sourceFiles(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !['node_modules', 'dist', 'test'].includes(name))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`
      return entry.isDirectory() ? sourceFiles(path) : [path]
    })
}

function hash(paths) {
  const sum = createHash('sha256')
  for (const path of paths)
    sum
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0')
  return sum.digest('hex')
}

function read(path) {
  return readFileSync(join(root, path), 'utf8')
}
