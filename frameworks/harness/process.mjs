import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const child = fileURLToPath(new URL('child.mjs', import.meta.url))

/**
 * Starts the app of a folder in a process of its own. `call(task, parameters)` asks it for something
 * and fails after `limitMs`, or with what the process printed when it has ended.
 */
export function startProcess({ node, way, folder, env, cwd, limitMs }) {
  const process = fork(child, [way, folder], {
    execPath: node,
    execArgv: [],
    cwd,
    env: { ...cleanEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const pending = new Map()
  const printed = { out: '', err: '' }
  process.stdout.setEncoding('utf8').on('data', (text) => (printed.out += text))
  process.stderr.setEncoding('utf8').on('data', (text) => (printed.err += text))
  process.on('message', ({ id, ...answer }) => {
    const call = pending.get(id)
    pending.delete(id)
    if (answer.error) call?.reject(new Error(answer.error))
    else call?.resolve(answer)
  })
  const ended = new Promise((resolve) => process.once('close', resolve))
  process.once('exit', (code, signal) => {
    const error = new Error(`the process ended (${signal ?? code}): ${printed.err.slice(-2000)}`)
    for (const call of pending.values()) call.reject(error)
  })

  let calls = 0
  function call(task, parameters = {}) {
    calls += 1
    const id = calls
    return new Promise((resolve, reject) => {
      if (process.exitCode !== null || process.signalCode !== null) {
        reject(new Error(`the process has ended: ${printed.err.slice(-2000)}`))
        return
      }
      const timer = setTimeout(() => {
        pending.delete(id)
        reject(
          new Error(`no answer to "${task}" within ${limitMs} ms: ${printed.err.slice(-2000)}`),
        )
      }, limitMs)
      const settle = (how) => (value) => {
        clearTimeout(timer)
        how(value)
      }
      pending.set(id, { resolve: settle(resolve), reject: settle(reject) })
      process.send({ id, task, ...parameters }, () => {})
    })
  }

  async function stop() {
    process.kill('SIGKILL')
    await ended
  }

  return { call, stop, printed }
}

/** Nothing of npm's or of the machine's configuration reaches the app. */
function cleanEnvironment() {
  const { PATH, HOME, TMPDIR } = globalThis.process.env
  return {
    PATH,
    HOME,
    ...(TMPDIR ? { TMPDIR } : {}),
    NODE_ENV: 'production',
    TZ: 'UTC',
  }
}
