import type { TargetGroupProperties } from '../../configuration/cloudformation.ts'
import { Property } from '../../properties/property.ts'
import { TemplateError } from '../../template/read-template.ts'
import type { Resource, Resources } from '../../template/resources.ts'
import { stackFiles } from '../../template/stacks/stack-files.ts'
import { Stacks } from '../../template/stacks/stacks.ts'
import type { TemplateSource } from '../arguments/source.ts'
import { StartError } from '../terminal/start-error.ts'
import { completeStandIns } from './complete-stand-ins.ts'
import { InvokedFunctions } from './invoked-functions.ts'
import { KnownRouting, missingNote } from './known-routing.ts'
import type { Elsewhere, FunctionDefaults, Plan } from './plan.ts'
import { readJson, readStandInsFile } from './stand-ins.ts'
import { templateNotes } from './template-notes.ts'
import { byId, type Routing, readRouting } from './template-routing.ts'
import { readTargets } from './template-targets.ts'
import { unknownNotes } from './unknown-notes.ts'

const elb = 'AWS::ElasticLoadBalancingV2::'

/**
 * The load balancer of a template with everything behind it, as declared.
 * @throws StartError when the template cannot be read, or served
 * @throws ConfigurationError
 */
export async function planForTemplate(
  source: TemplateSource,
  defaults: FunctionDefaults,
  elsewhere: Elsewhere,
): Promise<Plan> {
  const { file, loadBalancer } = source
  try {
    const given =
      source.standIns === undefined ? undefined : await readStandInsFile(source.standIns)
    if (source.standIns !== undefined) {
      await defaults.given.addConfigured(await readJson(source.standIns), source.standIns)
    }
    const stacks = await Stacks.read(await stackFiles(source.files, source.stacks), {
      region: defaults.given.ofAll().AWS_REGION,
      parameters: { ...given?.parameters, ...source.parameters },
      imports: { ...given?.imports, ...source.imports },
    })
    const resources = stacks.resources()
    const known = new KnownRouting()
    const { balancer, routing, ...outside } = readRouting(resources, {
      id: loadBalancer,
      given: { ...given?.listeners, ...elsewhere.listeners },
      aliases: (name) => stacks.parametersWith(name),
      known,
    })
    const { functions, targets, unbuilt, groups, calls, notes } = await readTargets(
      resources,
      groupsIn(routing, resources, known),
      {
        assets: stacks.assets,
        defaults,
        code: { ...given?.code, ...source.code },
        invoked: new InvokedFunctions({ ...given?.invoke, ...elsewhere.invoke }),
      },
    )
    const standIns = await completeStandIns(given ?? {}, new Property(routing, ''))
    return {
      configuration: {
        loadBalancer: balancer.properties,
        ...routing,
        targetGroups: { ...byId<TargetGroupProperties>(groups), ...known.groups() },
        targets: { ...targets, ...known.targets },
        ...standIns.configuration,
        ...(given?.servers !== undefined && { servers: given.servers }),
      },
      functions,
      unbuilt,
      invoked: calls,
      notes: [
        ...stacks.notes,
        ...outside.notes,
        ...known.notes,
        ...notes,
        ...standIns.notes,
        ...stacks.macroNotes,
        ...templateNotes(resources, standInsOf(stacks, routing), functions, defaults.node),
        ...conditionNotes(stacks),
        ...permissionNotes(resources),
        ...logNotes(balancer.properties),
        ...unknownNotes(resources, [
          balancer.id,
          ...Object.values(routing).flatMap(Object.keys),
          ...groups.map(({ id }) => id),
          ...functions.keys(),
        ]),
      ],
    }
  } catch (error) {
    if (error instanceof TemplateError || isFileError(error)) {
      throw new StartError(`${file}: ${error.message}`)
    }
    throw error
  }
}

/** The target groups that actions refer to, as far as they are in the template. */
function groupsIn(
  { listeners, listenerRules }: Routing,
  resources: Resources,
  known: KnownRouting,
): readonly Resource[] {
  const own = resources.ofType(`${elb}TargetGroup`)
  const names = referredGroups([listeners, listenerRules])
  for (const name of names) {
    if (!own.some(({ id }) => id === name) && !known.targets[name]) known.foreignGroup(name)
  }
  return own.filter(({ id }) => names.has(id))
}

function referredGroups(value: unknown, names = new Set<string>()): Set<string> {
  if (typeof value !== 'object' || value === null) return names
  for (const [key, each] of Object.entries(value)) {
    if (key === 'TargetGroupArn' && typeof each === 'string') names.add(each)
    else referredGroups(each, names)
  }
  return names
}

// What stands for a listener has a line of its own.
function standInsOf({ standIns }: Stacks, { listeners }: Routing): readonly [string, string][] {
  return [...standIns].filter(([, text]) => !Object.hasOwn(listeners, text))
}

function conditionNotes({ doubts }: Stacks): string[] {
  return [...doubts].map(
    ([name, value]) => `Condition ${name} is not known here, false is taken: ${value}`,
  )
}

function permissionNotes(resources: Resources): string[] {
  return resources
    .ofType('AWS::Lambda::Permission')
    .filter(({ properties }) => {
      const { Principal = '*' } = properties
      return Principal === '*' || Principal === 'elasticloadbalancing.amazonaws.com'
    })
    .flatMap((permission) =>
      permission.missing.map((each) => missingNote(permission, each, 'it is taken to fit')),
    )
}

const logOptions = new Map([
  ['access_logs.s3.enabled', '--access-log'],
  ['connection_logs.s3.enabled', '--connection-log'],
  ['health_check_logs.s3.enabled', '--health-check-log'],
])

function logNotes(properties: object): string[] {
  const on = new Property(properties, '')
    .at('LoadBalancerAttributes')
    .items()
    .filter((item) => String(item.at('Value').value) === 'true')
    .map((item) => String(item.at('Key').value))
  return on
    .filter((key) => /^(?:access|connection|health_check)_logs\.s3\.enabled$/.test(key))
    .map((key) => {
      const option = logOptions.get(key)
      const remedy = option === undefined ? '' : ` (${option} <file>)`
      return `${key} writes nothing here${remedy}`
    })
}

function isFileError(error: unknown): error is Error {
  return error instanceof Error && error.constructor === Error
}
