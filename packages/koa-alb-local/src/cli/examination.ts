import { inTime } from '../doctor/checks/in-time.ts'
import { examine, notExamined } from '../doctor/examine.ts'
import type { Examination, Judged } from '../doctor/formats/report.ts'
import { judgeLoading } from '../doctor/loading.ts'
import { examineModule, moduleNotExamined } from '../doctor/module.ts'
import { questionsFor } from '../doctor/questions.ts'
import { createEndpointTarget } from '../targets/endpoint-target.ts'
import type { Target } from '../targets/target.ts'
import type { DoctorArguments } from './arguments/doctor-options.ts'
import { adapterBeside, examinedBy, loadSubject, notExaminable } from './doctor-subject.ts'
import type { FunctionSettings } from './functions/function-settings.ts'
import { StartError } from './terminal/start-error.ts'

/** What came of the function at an Invoke endpoint. @throws StartError */
export async function examineEndpoint(url: string, args: DoctorArguments): Promise<Examination> {
  const target = await endpointAt(url, args.timeoutMs)
  const judged = await examine({ target, questions: questionsOf(args), isProbe: false })
  return { checks: [...judged, ...unseen('the function is elsewhere')], inits: [] }
}

async function endpointAt(url: string, timeoutMs: number): Promise<Target> {
  const target = createTarget(url, timeoutMs)
  const outcome = await target.invoke('{}', { requestId: 'doctor' })
  if ('payload' in outcome || outcome.errorReason === 'LambdaUnhandled') return target
  throw new StartError(`--invoke ${url}: ${outcome.detail}`)
}

function createTarget(url: string, timeoutMs: number): Target {
  try {
    return createEndpointTarget(url, ['function'], timeoutMs)
  } catch (error) {
    throw new StartError(`--invoke: ${error instanceof Error ? error.message : error}`)
  }
}

/** What came of the handler in a file, or of the probe app in an adapter. @throws StartError */
export async function examineFile(args: DoctorArguments): Promise<Examination> {
  const { settings, remove } = await examinedBy(args)
  try {
    return await examineFunction(settings, args)
  } finally {
    await remove()
  }
}

/** What came of a function in a process of its own. @throws StartError when there is none */
export async function examineFunction(
  settings: FunctionSettings,
  args: DoctorArguments,
): Promise<Examination> {
  const { adapter, nodes } = args
  const { loaded, reporting, loadings, close } = await loadSubject(settings, nodes)
  try {
    if (adapter !== undefined && !loaded) {
      throw notExaminable(adapter, loadings[0]?.failure ?? '')
    }
    const isProbe = adapter !== undefined
    const questions = isProbe ? questionsFor('/') : questionsOf(args)
    const judged = loaded
      ? await examine({
          target: loaded,
          questions,
          isProbe,
          adapter: await adapterBeside(settings.file),
        })
      : notExamined(doesNotLoad)
    const path = isProbe ? '/probe/echo' : (questions[0]?.path ?? '/')
    const inModule = await examineModuleOf(reporting, path, judged)
    const inits = loadings.flatMap(({ node, initMs }) =>
      initMs === undefined ? [] : [{ node, ms: Math.round(initMs) }],
    )
    return { checks: [...judged, ...judgeLoading(loadings), ...inModule], inits }
  } finally {
    await close()
  }
}

const doesNotLoad = 'the function does not load'

async function examineModuleOf(
  reporting: Target | undefined,
  path: string,
  judged: readonly Judged[],
): Promise<readonly Judged[]> {
  if (!reporting) return moduleNotExamined(doesNotLoad)
  const isSlow = judged.some(({ code, status }) => code === inTime.code && status === 'failed')
  if (isSlow) return moduleNotExamined('the handler does not answer in time')
  return examineModule(reporting, path)
}

/** Each check of a function, when there is none to be asked. */
export function noExamination(reason: string): Examination {
  return { checks: [...notExamined(reason), ...unseen(reason)], inits: [] }
}

function unseen(reason: string): readonly Judged[] {
  return [...judgeLoading([], reason), ...moduleNotExamined(reason)]
}

function questionsOf({ paths, probes }: DoctorArguments): ReturnType<typeof questionsFor> {
  const all = paths.length > 0 ? paths : ['/']
  return [...all.flatMap(questionsFor), ...probes]
}
