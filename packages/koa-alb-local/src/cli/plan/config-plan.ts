import { dirname, resolve } from 'node:path'
import type { ApplicationLoadBalancerOptions } from '../../configuration/configuration.ts'
import { Property } from '../../properties/property.ts'
import type { Target } from '../../targets/target.ts'
import { addSelfSigned } from './certificate.ts'
import { outsideListeners } from './config-listeners.ts'
import { checkConfigFile } from './file-shape.ts'
import { readFunction } from './function-properties.ts'
import { InvokedFunctions } from './invoked-functions.ts'
import type { Elsewhere, FunctionDefaults, Plan } from './plan.ts'
import { readJson, readStandIns } from './stand-ins.ts'

/**
 * The plan in a JSON file: `ApplicationLoadBalancerOptions`, where `functions` has the functions in
 * the shape of `AWS::Lambda::Function`, and certificates, keys and trust stores are files.
 * @throws StartError when there is no such file, or no JSON in it
 * @throws ConfigurationError
 */
export async function planForConfig(
  file: string,
  defaults: FunctionDefaults,
  { invoke: endpoints, listeners: given }: Elsewhere,
): Promise<Plan> {
  const folder = dirname(resolve(file))
  const all = await readJson(file)
  checkConfigFile(file, new Property(all, ''), Object.keys(endpoints))
  await defaults.given.addConfigured(all, file)
  const { functions, env: _env, envFiles: _files, ...options } = all
  const outside = outsideListeners(options, given)
  const root = new Property({ functions, ...options, ...outside.routing }, '')
  const { certificates = {}, invoke, ...standIns } = await readStandIns(options, folder)
  const invoked = new InvokedFunctions({ ...invoke, ...endpoints })
  const targets = invokedTargets(root, invoked)
  return {
    // Checked when the load balancer is created.
    configuration: {
      ...options,
      ...outside.routing,
      ...standIns,
      certificates: await addSelfSigned(certificates, root),
      targets,
    } as unknown as ApplicationLoadBalancerOptions,
    functions: new Map(
      root
        .at('functions')
        .entries()
        .filter(([id]) => !Object.hasOwn(targets, id))
        .map(([id, properties]) => {
          const code = properties.at('Code')
          const codeFolder = resolve(folder, code.isPresent ? code.text() : '.')
          return [id, readFunction(id, properties, codeFolder, defaults)]
        }),
    ),
    invoked: invoked.calls,
    notes: [...outside.notes, ...invoked.notes()],
  }
}

/** @throws StartError when there is an endpoint for what no target group registers */
function invokedTargets(root: Property, invoked: InvokedFunctions): Record<string, Target> {
  const targets: Record<string, Target> = {}
  const groups = root.at('targetGroups').entries()
  const registered = groups.flatMap(([, group]) => group.at('Targets').items())
  const ids = registered.map((target) => target.at('Id').text())
  for (const id of ids) {
    const name = root.at('functions').at(id).at('FunctionName')
    const target = invoked.target([id], name.isPresent ? [name.text(), id] : [id])
    if (target) targets[id] = target
  }
  invoked.checkUse(ids)
  return targets
}
