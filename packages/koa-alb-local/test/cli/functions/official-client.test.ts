import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { start } from '../../shared/command-line.ts'
import { folderWith } from '../../shared/folder.ts'

const client = process.env.KOA_ALB_OFFICIAL_CLIENT
const runsHere = Number.parseInt(process.versions.node, 10) >= 22
const args = ['lambda.mjs', '--port', '0', '--runtime', 'official']
const files = {
  'package.json': '{}',
  // Only AWS's client tells this about itself.
  'lambda.mjs': `export const handler = async () => ({
  statusCode: 200, headers: {}, body: String(process.argv[1]),
})`,
}

it.runIf(runsHere && (client || process.env.CI === 'true'))(
  "runs the function over AWS's own client, which its package has",
  async () => {
    if (!client) throw new Error('KOA_ALB_OFFICIAL_CLIENT is not set')
    const folder = await folderWith(files)
    await symlink(join(client, 'node_modules'), join(folder, 'node_modules'))
    const response = await fetch(await start(args, { folder }).url())
    expect(response.status).toBe(200)
    expect(await response.text()).toMatch(/\/aws-lambda-ric\//)
  },
)

it.runIf(runsHere)("says how to install AWS's client", async () => {
  const commandLine = start(args, { folder: await folderWith(files) })
  expect(await commandLine.ended).toBe(1)
  expect(commandLine.output()).toContain('npm install --save-dev aws-lambda-ric')
})
