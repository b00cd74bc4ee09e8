import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const [agent, app] = ['require-hook.cjs', 'bare-listener.mjs'].map((name) =>
  fileURLToPath(new URL(`fixtures/${name}`, import.meta.url)),
)

// In a process of its own, on the built package: the app asks for none of these modules itself.
it.each(['import', 'require'])(
  'an agent that hooks require alone sees the requests of a handler made by %s',
  async (way) => {
    const command = ['--require', `${agent}`, `${app}`, way]
    const { stdout } = await promisify(execFile)(process.execPath, command)
    expect(JSON.parse(stdout)).toEqual({ patched: ['node:http', 'node:zlib'], traced: 'yes' })
  },
)
