// The blocks of docs/migrate that stand behind a comment with the path of a file, or `compare` and that
// of a folder.
import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleWhole } from '../../packages/koa-alb-local/dist/esm/cli/functions/whole-bundle.js'

const root = fileURLToPath(new URL('../../', import.meta.url))
const events = join(root, 'test/migrate/pages/events')
const bin = join(root, 'packages/koa-alb-local/bin/koa-alb-local.js')

export async function pages() {
  const names = await readdir(join(root, 'docs/migrate'))
  return names.filter((name) => name.endsWith('.md')).map((name) => `docs/migrate/${name}`)
}

export function textOf(page) {
  return readFile(join(root, page), 'utf8')
}

/** The page with each of its blocks as it must be. */
export async function writtenAnew(page) {
  const text = await textOf(page)
  let written = text
  for (const [block, command, path] of text.matchAll(
    /<!-- (compare )?(test\/migrate\/pages\/\S+) -->\n```\w+\n.*?```\n/gs,
  )) {
    const [language, content] = command
      ? ['text', await comparison(path)]
      : ['js', await textOf(path)]
    const marker = block.slice(0, block.indexOf('\n'))
    written = written.replace(block, () => `${marker}\n\`\`\`${language}\n${content}\`\`\`\n`)
  }
  return written
}

/** What `compare` prints of the handlers before and after. */
export async function comparison(folder) {
  const bundles = await mkdtemp(join(tmpdir(), 'koa-alb-pages-'))
  try {
    const [before, after] = await Promise.all(
      ['before', 'after'].map((name) => handlerIn(folder, name, bundles)),
    )
    return await printed('compare', before, after, '--events', events)
  } finally {
    await rm(bundles, { recursive: true })
  }
}

/** What `replay` prints of the handler after. */
export function replayed(folder) {
  return printed('replay', join(root, folder, 'after.js'), events)
}

/** What `migrate --write` makes of the file before. */
export async function migrated(folder) {
  const project = await mkdtemp(join(tmpdir(), 'koa-alb-pages-'))
  try {
    await cp(join(root, folder, 'before.js'), join(project, 'before.js'))
    await printed('migrate', project, '--write')
    return await readFile(join(project, 'before.js'), 'utf8')
  } finally {
    await rm(project, { recursive: true })
  }
}

// Lambda's Node cannot load all that Fastify's adapter requires, which is why it gets bundled.
async function handlerIn(folder, name, bundles) {
  const file = join(root, folder, `${name}.js`)
  if (!folder.endsWith('/fastify')) return file
  const outfile = join(bundles, `${name}.mjs`)
  await bundleWhole(file, outfile)
  return outfile
}

function printed(...args) {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [bin, ...args], { maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      if (stdout === '') reject(new Error(stderr, { cause: error }))
      else resolve(stdout)
    })
  })
}
