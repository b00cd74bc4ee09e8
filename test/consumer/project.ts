import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const here = fileURLToPath(new URL('.', import.meta.url))

/** A public package as it would be published. */
export interface Tarball {
  name: string
  filename: string
  size: number
  files: { path: string }[]
}

/** A scratch project outside the workspace that has the packed packages installed. */
export interface Project {
  folder: string
  tarballs: Tarball[]
  /** What `command` prints in the project's folder; rejects with its output when it fails. */
  run(command: string, args: readonly string[]): Promise<string>
  remove(): Promise<void>
}

/**
 * Installs the packed packages with npm, adapter and construct from nothing but their tarballs:
 * `--offline` makes the install fail as soon as it wants a dependency. `links` are packages of this workspace that the
 * project may import besides; `fixtures` are copied from the folder of that name.
 */
export async function createProject(links: string[], fixtures: string[]): Promise<Project> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'koa-alb-consumer-')))
  const project = {
    folder,
    tarballs: await pack(folder),
    run: (command: string, args: readonly string[]) => output(folder, command, args),
    remove: () => rm(folder, { recursive: true }),
  }
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }')
  // The construct's peers are linked where a test needs them: they are large.
  const install = ['install', '--no-audit', '--no-fund', '--legacy-peer-deps']
  for (const { name, filename } of project.tarballs) {
    const network = name === 'koa-alb-local' ? '--prefer-offline' : '--offline'
    await project.run('npm', [...install, network, filename])
  }
  for (const name of links) await link(folder, name)
  for (const name of fixtures) await cp(join(here, 'fixtures', name), join(folder, name))
  return project
}

/** Packs the packages into the folder. */
export async function pack(folder: string): Promise<Tarball[]> {
  const script = join(here, '../../scripts/pack.mjs')
  return JSON.parse(await output(folder, process.execPath, [script, folder]))
}

async function link(folder: string, name: string): Promise<void> {
  const path = join(folder, 'node_modules', name)
  await mkdir(dirname(path), { recursive: true })
  await symlink(await realpath(join(here, '../node_modules', name)), path)
}

/** What the command prints in the folder; rejects with its output when it fails. */
export async function output(
  folder: string,
  command: string,
  args: readonly string[],
): Promise<string> {
  try {
    return (await run(command, args, { cwd: folder })).stdout
  } catch (cause) {
    const { stdout, stderr } = cause as { stdout: string; stderr: string }
    throw new Error(`${command} ${args.join(' ')} failed\n${stdout}${stderr}`, { cause })
  }
}
