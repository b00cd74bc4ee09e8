import { dirname, resolve } from 'node:path'
import type { ApplicationLoadBalancerOptions } from '../../configuration/configuration.ts'
import { Property } from '../../properties/property.ts'
import { addSelfSigned } from './certificate.ts'
import { readFunction } from './function-properties.ts'
import type { FunctionDefaults, Plan } from './plan.ts'
import { readJson, readStandIns } from './stand-ins.ts'

/**
 * The plan in a JSON file: `ApplicationLoadBalancerOptions`, where `functions` has the functions in
 * the shape of `AWS::Lambda::Function`, and certificates, keys and trust stores are files.
 * @throws StartError when there is no such file, or no JSON in it
 * @throws ConfigurationError
 */
export async function planForConfig(file: string, defaults: FunctionDefaults): Promise<Plan> {
  const folder = dirname(resolve(file))
  const { functions, ...options } = await readJson(file)
  const root = new Property({ functions, ...options }, '')
  const { certificates = {}, ...standIns } = await readStandIns(options, folder)
  return {
    // Checked when the load balancer is created.
    configuration: {
      ...options,
      ...standIns,
      certificates: await addSelfSigned(certificates, root),
      targets: {},
    } as unknown as ApplicationLoadBalancerOptions,
    functions: new Map(
      root
        .at('functions')
        .entries()
        .map(([id, properties]) => {
          const code = properties.at('Code')
          const codeFolder = resolve(folder, code.isPresent ? code.text() : '.')
          return [id, readFunction(id, properties, codeFolder, defaults)]
        }),
    ),
    notes: [],
  }
}
