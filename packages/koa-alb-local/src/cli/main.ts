import { Recorder } from '../inspection/recorder.ts'
import { printableLines } from '../log/printable.ts'
import { ConfigurationError } from '../properties/configuration-error.ts'
import { holdingProcess, setTimeout, uptimeMs } from '../time/clock.ts'
import { type Arguments, parseArguments } from './arguments/arguments.ts'
import { usage } from './arguments/options.ts'
import { UsageError } from './arguments/usage-error.ts'
import { commands } from './commands.ts'
import { hasInspector } from './inspection.ts'
import { keepServing } from './keep-serving.ts'
import { Planner } from './planner.ts'
import { type Service, serve, takesChanges } from './serve.ts'
import { Synth } from './synth/synth.ts'
import { documentsFolder } from './terminal/documents.ts'
import { standardError, standardOutput } from './terminal/output.ts'
import { StartError } from './terminal/start-error.ts'
import { openTerminal, type Terminal } from './terminal/terminal.ts'
import { ownVersion } from './version.ts'

// What is under way when it is stopped has this long.
const graceMs = 5000
// npm hands on what the terminal has sent already: one Ctrl-C arrives twice.
const sameSignalMs = 200

/** Runs the command line and resolves with its exit code. */
export function run(args: readonly string[]): Promise<number> {
  return holdingProcess(() => exitCodeOf(args))
}

async function exitCodeOf(args: readonly string[]): Promise<number> {
  try {
    const [name = '', ...rest] = args
    const command = commands.get(name)
    if (command) return await whenWritten(() => command(rest))
    const parsed = parseArguments(args, process.env)
    if (parsed === 'help') {
      return await written(`${usage}\nDocuments: ${documentsFolder}\n`)
    }
    if (parsed === 'version') return await written(`${await ownVersion()}\n`)
    await serveUntilStopped(parsed)
    return 0
  } catch (error) {
    if (error instanceof UsageError) {
      standardError.write(
        `${printableLines(error.message)}\n${named(args)} --help lists the options\n`,
      )
      return 2
    }
    if (!isExpected(error)) throw error
    standardError.write(`${printableLines(error.message)}\n`)
    return 1
  }
}

function written(text: string): Promise<number> {
  return whenWritten(async () => {
    standardOutput.write(text)
    return 0
  })
}

// A pipe takes 64 KB at once, and the rest when that has been read.
async function whenWritten(command: () => Promise<number>): Promise<number> {
  standardOutput.letReaderGo()
  const code = await command()
  const failure = await standardOutput.settled()
  return failure && code === 0 ? 2 : code
}

function named([command = '']: readonly string[]): string {
  return commands.has(command) ? `koa-alb-local ${command}` : 'koa-alb-local'
}

async function serveUntilStopped(args: Arguments): Promise<void> {
  const terminal = await openTerminal(args)
  const stopped = untilSignal()
  const recorder = hasInspector(args) ? new Recorder() : undefined
  const planner = new Planner(args, terminal, recorder)
  const synth = synthOf(args, terminal)
  try {
    if ((await Promise.race([synth?.first(takesChanges(args)), stopped])) !== undefined) return
    const planned = await planner.plan()
    const inspection = recorder && { recorder, version: await ownVersion() }
    const starting = serve(planned, { planner, args, terminal, inspection, synth })
    await Promise.race([starting, stopped])
    keepServing()
    const signal = await stopped
    const service = await Promise.race([starting, undefined])
    // Nothing is under way before everything has started.
    if (service) await stop(service, signal, terminal)
    else starting.catch(() => {})
  } catch (error) {
    throw planner.named(error)
  } finally {
    await synth?.close()
    await terminal.close()
  }
}

function synthOf({ source }: Arguments, terminal: Terminal): Synth | undefined {
  if (source.kind !== 'template' || source.synth === undefined) return undefined
  return new Synth(source.synth, source, terminal)
}

async function stop(service: Service, signal: string, terminal: Terminal): Promise<void> {
  terminal.print(
    `${signal}: answering what is under way, for ${graceMs / 1000} s at most; Ctrl-C again does not wait`,
  )
  const isOver = await Promise.race([
    service.close().then(() => false),
    new Promise((resolve) => setTimeout(resolve, graceMs, true)),
  ])
  if (isOver) terminal.print(`${graceMs / 1000} s are over: what is still under way is ended`)
}

// Asked for before the start, so that a signal in between is not lost.
function untilSignal(): Promise<string> {
  return new Promise((resolve) => {
    let firstAt: number | undefined
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (firstAt !== undefined && uptimeMs() - firstAt > sameSignalMs) process.exit(130)
        firstAt ??= uptimeMs()
        resolve(signal)
      })
    }
  })
}

function isExpected(error: unknown): error is Error {
  return error instanceof StartError || error instanceof ConfigurationError
}
