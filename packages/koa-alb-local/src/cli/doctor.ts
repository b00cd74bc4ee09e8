import { examine, notExamined } from '../doctor/examine.ts'
import { formats } from '../doctor/formats/formats.ts'
import { fails, type Judged, type Report } from '../doctor/formats/report.ts'
import { judgeLoading } from '../doctor/loading.ts'
import { questionsFor } from '../doctor/questions.ts'
import { judgeTemplate } from '../doctor/template.ts'
import { printableLines } from '../log/printable.ts'
import { ConfigurationError } from '../properties/configuration-error.ts'
import { createEndpointTarget } from '../targets/endpoint-target.ts'
import { TemplateError } from '../template/read-template.ts'
import { stackFiles } from '../template/stacks/stack-files.ts'
import { Stacks } from '../template/stacks/stacks.ts'
import {
  type DoctorArguments,
  doctorUsage,
  parseDoctorArguments,
} from './arguments/doctor-options.ts'
import { loadSubject } from './doctor-subject.ts'
import { standardError, standardOutput } from './terminal/output.ts'
import { StartError } from './terminal/start-error.ts'
import { ownVersion } from './version.ts'

/** The command `doctor`: resolves with its exit code. */
export async function doctor(args: readonly string[]): Promise<number> {
  const parsed = parseDoctorArguments(args)
  if (parsed === 'help') {
    standardOutput.write(doctorUsage)
    return 0
  }
  try {
    const report: Report = {
      version: 1,
      tool: { name: 'koa-alb-local', version: await ownVersion() },
      subject: parsed.adapter ?? parsed.invoke ?? parsed.file ?? parsed.template ?? '',
      node: process.versions.node,
      checks: [...(await examineSubject(parsed)), ...(await examineTemplate(parsed.template))],
    }
    standardOutput.write(formats[parsed.format](report))
    return fails(report, parsed.failLevel) ? 1 : 0
  } catch (error) {
    if (!(error instanceof StartError)) throw error
    standardError.write(`${printableLines(error.message)}\n`)
    return 2
  }
}

async function examineSubject(args: DoctorArguments): Promise<readonly Judged[]> {
  const { adapter, file, invoke } = args
  if (invoke !== undefined) return examineEndpoint(invoke, args)
  if (adapter !== undefined || file !== undefined) return examineFile(args)
  const reason = 'needs the file of a handler, beside the template'
  return [...notExamined(reason), judgeLoading([], reason)]
}

async function examineTemplate(template: string | undefined): Promise<readonly Judged[]> {
  if (template === undefined) return judgeTemplate(undefined)
  try {
    const files = await stackFiles([template], [])
    const stacks = await Stacks.read(files, { region: undefined, parameters: {}, imports: {} })
    // Reading it, too, may come upon what cannot be resolved.
    return judgeTemplate(stacks.resources())
  } catch (error) {
    if (!isOfTemplate(error)) throw error
    throw new StartError(`${template}: ${error.message}`)
  }
}

// Of a file that cannot be read or parsed, there is a plain error.
function isOfTemplate(error: unknown): error is Error {
  if (error instanceof TemplateError || error instanceof ConfigurationError) return true
  return error instanceof Error && error.constructor === Error
}

async function examineEndpoint(url: string, args: DoctorArguments): Promise<readonly Judged[]> {
  const { target, check } = endpointOf(url, args.timeoutMs)
  await check()
  const judged = await examine({ target, questions: questionsOf(args), isProbe: false })
  return [...judged, judgeLoading([], 'the function is elsewhere')]
}

function endpointOf(
  url: string,
  timeoutMs: number,
): { target: ReturnType<typeof createEndpointTarget>; check: () => Promise<void> } {
  try {
    const target = createEndpointTarget(url, ['function'], timeoutMs)
    const check = async (): Promise<void> => {
      const outcome = await target.invoke('{}', { requestId: 'doctor' })
      if ('payload' in outcome || outcome.errorReason === 'LambdaUnhandled') return
      throw new StartError(`--invoke ${url}: ${outcome.detail}`)
    }
    return { target, check }
  } catch (error) {
    throw new StartError(`--invoke: ${error instanceof Error ? error.message : error}`)
  }
}

async function examineFile(args: DoctorArguments): Promise<readonly Judged[]> {
  const { loaded, loadings, close } = await loadSubject(args)
  try {
    const loading = judgeLoading(loadings)
    if (!loaded) return [...notExamined('the function does not load'), loading]
    const isProbe = args.adapter !== undefined
    const judged = await examine({
      target: loaded,
      questions: isProbe ? questionsFor('/') : questionsOf(args),
      isProbe,
    })
    return [...judged, loading]
  } finally {
    await close()
  }
}

function questionsOf({ paths, probes }: DoctorArguments): ReturnType<typeof questionsFor> {
  const all = paths.length > 0 ? paths : ['/']
  const asked = probes.map((probe) => ({ ...probe, about: `${probe.method} ${probe.path}` }))
  return [...all.flatMap(questionsFor), ...asked]
}
