import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import semver from 'semver'

const top = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')
const lock = JSON.parse(readFileSync(`${top}/package-lock.json`, 'utf8'))

/** Every folder of apps/ and agents/ that has a row.mjs, in the order of their names on the page. */
export async function readRows() {
  const folders = ['apps', 'agents'].flatMap((kind) =>
    readdirSync(`${top}/${kind}`).map((name) => ({ kind, name, folder: `${top}/${kind}/${name}` })),
  )
  const rows = folders.filter(({ folder }) => existsSync(`${folder}/row.mjs`))
  return Promise.all(rows.map(toRow))
}

async function toRow({ kind, name, folder }) {
  const { default: row } = await import(`${folder}/row.mjs`)
  return {
    load: {},
    env: () => ({}),
    masks: [],
    ...row,
    id: name,
    kind,
    folder,
    flush: existsSync(`${folder}/flush.mjs`) ? `${folder}/flush.mjs` : undefined,
    apps: row.apps?.map((app) => `${top}/traced/${app}`) ?? [folder],
    packages: row.packages.map((each) => installed(`${kind}/${name}`, each)),
  }
}

function installed(workspace, name) {
  const { version, engines } =
    lock.packages[`${workspace}/node_modules/${name}`] ?? lock.packages[`node_modules/${name}`]
  return { name, version, engines: engines?.node ?? '*' }
}

/** Whether all packages of the row say that they run on this Node version. */
export function runsOn({ packages }, version) {
  return packages.every(({ engines }) => semver.satisfies(version, engines))
}
