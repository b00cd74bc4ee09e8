import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { portFrom } from './port.ts'
import { startRatesService } from './rates.ts'

const folder = fileURLToPath(new URL('..', import.meta.url))
const command = join(folder, 'node_modules/koa-alb-local/bin/koa-alb-local.js')

const port = portFrom()
const { UPSTREAM_URL, SESSION_KEY = 'for this desk only' } = process.env
const variables = { SESSION_KEY, UPSTREAM_URL: UPSTREAM_URL ?? (await startRatesService()) }
const scratch = await mkdtemp(join(tmpdir(), 'parts-desk-'))
const environment = join(scratch, 'env')
const lines = Object.entries(variables).map(([name, value]) => `${name}="${value}"\n`)
await writeFile(environment, lines)

const args = ['src/lambda.ts', '--port', `${port}`, '--env-file', environment]
const served = spawn(process.execPath, [command, ...args, ...process.argv.slice(2)], {
  cwd: folder,
  stdio: 'inherit',
})
// Ctrl-C reaches both; this one waits for the other to answer what is under way.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => served.kill('SIGTERM'))
const [code] = await once(served, 'exit')
await rm(scratch, { recursive: true })
process.exit(code ?? 1)
