import { lambdaGroups, registeredFunctions } from '../doctor/checks/template-check.ts'
import type { Examination, Judged } from '../doctor/formats/report.ts'
import { judgeTemplate } from '../doctor/template.ts'
import { together } from '../doctor/together.ts'
import { ConfigurationError } from '../properties/configuration-error.ts'
import { TemplateError } from '../template/read-template.ts'
import type { Resource } from '../template/resources.ts'
import { stackFiles } from '../template/stacks/stack-files.ts'
import { Stacks } from '../template/stacks/stacks.ts'
import type { DoctorArguments } from './arguments/doctor-options.ts'
import { examineFunction, noExamination } from './examination.ts'
import type { FunctionSettings } from './functions/function-settings.ts'
import { readSettings } from './plan/function-settings.ts'
import { GivenEnvironment } from './plan/given-environment.ts'
import type { FunctionDefaults } from './plan/plan.ts'
import { StartError } from './terminal/start-error.ts'

interface DeclaredStacks {
  readonly stacks: Stacks
  /** What came of the checks of the template. */
  readonly declared: readonly Judged[]
}

/** @throws StartError when the template cannot be read */
export async function readStacks(template: string): Promise<DeclaredStacks> {
  try {
    const files = await stackFiles([template], [])
    const stacks = await Stacks.read(files, { region: undefined, parameters: {}, imports: {} })
    // Judging it, too, may come upon what cannot be resolved.
    return { stacks, declared: judgeTemplate(stacks.resources()) }
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

interface TemplateExamination extends Examination {
  /** Whether everything was examined that can be here; what runs on something else than Node cannot. */
  readonly isWhole: boolean
}

/** What came of each function that a load balancer of the template calls. */
export async function examineTemplateFunctions(
  stacks: Stacks,
  args: DoctorArguments,
): Promise<TemplateExamination> {
  const resources = stacks.resources()
  const given = await GivenEnvironment.read({ env: [], envFile: args.envFile, fnEnvFiles: [] })
  const defaults: FunctionDefaults = {
    given,
    concurrency: 2,
    keepWarm: 1,
    node: undefined,
    runtime: 'bootstrap',
    output: () => {},
  }
  const examinations = new Map<string, TemplateExamination>()
  for (const resource of registeredFunctions(resources)) {
    const context = { assets: stacks.assets, defaults, code: {} }
    const read = (): ReturnType<typeof readSettings> => readSettings(resource, resources, context)
    examinations.set(resource.id, await examineResource(resource, read, args))
  }
  const all = [...examinations.values()]
  if (all.length > 0) {
    return { ...together(examinations), isWhole: all.every(({ isWhole }) => isWhole) }
  }
  const isWhole = lambdaGroups(resources).length > 0
  return { ...noExamination('the template registers no function'), isWhole }
}

async function examineResource(
  { properties }: Resource,
  read: () => ReturnType<typeof readSettings>,
  args: DoctorArguments,
): Promise<TemplateExamination> {
  const runtime = properties.PackageType === 'Image' ? 'an image' : String(properties.Runtime)
  if (!runtime.startsWith('nodejs')) {
    return { ...noExamination(`cannot be loaded here: ${runtime}`), isWhole: true }
  }
  return examineRead(await settingsOf(read), args)
}

type Read = FunctionSettings | { readonly detail: string }

async function settingsOf(read: () => ReturnType<typeof readSettings>): Promise<Read> {
  try {
    const result = await read()
    return 'settings' in result ? result.settings : result
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    return { detail: error.message }
  }
}

async function examineRead(read: Read, args: DoctorArguments): Promise<TemplateExamination> {
  if ('detail' in read) return { ...noExamination(read.detail), isWhole: false }
  // Whoever reserves no concurrency still has one that answers.
  const concurrency = Math.max(read.concurrency, 2)
  const timeoutMs = Math.min(read.timeoutMs, args.timeoutMs)
  try {
    const examined = await examineFunction({ ...read, concurrency, timeoutMs }, args)
    return { ...examined, isWhole: true }
  } catch (error) {
    if (!(error instanceof StartError)) throw error
    return { ...noExamination(error.message.split('\n', 1)[0] ?? ''), isWhole: false }
  }
}
