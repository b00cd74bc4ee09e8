import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { ApplicationLoadBalancerOptions } from '../configuration/configuration.ts'
import { Property } from '../configuration/property.ts'
import type { Certificate } from '../https.ts'
import { addSelfSigned, readCertificate, readPem } from './certificate.ts'
import { readFunction } from './function-properties.ts'
import type { FunctionDefaults, Plan } from './plan.ts'
import { StartError } from './start-error.ts'

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
  return {
    // Checked when the load balancer is created.
    configuration: {
      ...options,
      certificates: await readCertificates(root, folder),
      ...(await readFiles(root, folder)),
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

async function readJson(file: string): Promise<Readonly<Record<string, unknown>>> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new StartError(`${file} cannot be read: ${error.message}`)
  })
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed === 'object' && parsed !== null) return { ...parsed }
  } catch (error) {
    throw new StartError(`${file} is no JSON: ${error instanceof Error ? error.message : error}`)
  }
  throw new StartError(`${file} must hold an object with listeners, targetGroups and functions`)
}

/** Those that listeners name and the file does not have are made here. */
async function readCertificates(
  root: Property,
  folder: string,
): Promise<Record<string, Certificate>> {
  const certificates: Record<string, Certificate> = {}
  for (const [name, property] of root.at('certificates').entries()) {
    const [cert, key] = ['cert', 'key'].map((part) => resolve(folder, property.at(part).text()))
    certificates[name] = await readCertificate({ cert: cert ?? '', key: key ?? '' })
  }
  return addSelfSigned(certificates, root)
}

async function readFiles(
  root: Property,
  folder: string,
): Promise<{ trustStores?: Record<string, string>; identityKey?: string }> {
  const read = (property: Property): Promise<string> => {
    return readPem(resolve(folder, property.text()))
  }
  const trustStores: Record<string, string> = {}
  for (const [name, property] of root.at('trustStores').entries()) {
    trustStores[name] = await read(property)
  }
  const key = root.at('identityKey')
  return { trustStores, ...(key.isPresent && { identityKey: await read(key) }) }
}
