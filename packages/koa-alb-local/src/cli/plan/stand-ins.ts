import { dirname, resolve } from 'node:path'
import type { ApplicationLoadBalancerOptions } from '../../configuration/configuration.ts'
import type { Certificate } from '../../connections/https.ts'
import { readNoted } from '../../files/noted-files.ts'
import { didYouMean } from '../../properties/nearest.ts'
import { Property } from '../../properties/property.ts'
import { StartError } from '../terminal/start-error.ts'
import { readCertificate, readPem } from './certificate.ts'
import { checkStandInsFile } from './file-shape.ts'
import type { GivenListeners } from './foreign-listeners.ts'

const ofLoadBalancer = [
  'certificates',
  'identityKey',
  'keySets',
  'servers',
  'trustStores',
  'users',
] as const
const names: readonly string[] = [...ofLoadBalancer, 'env', 'envFiles', 'invoke', 'listeners']

/** What stands for services of AWS that a load balancer depends on. */
export interface StandIns
  extends Pick<ApplicationLoadBalancerOptions, (typeof ofLoadBalancer)[number]> {
  /** Endpoints of functions that run elsewhere. */
  readonly invoke: Readonly<Record<string, string>>
}

/**
 * The stand-ins among the options of a configuration file, which has PEM files by their names.
 * @throws StartError when one of the files cannot be read
 * @throws ConfigurationError
 */
export async function readStandIns(
  options: Readonly<Record<string, unknown>>,
  folder: string,
): Promise<StandIns> {
  const root = new Property(options, '')
  const read = (property: Property): Promise<string> => readPem(resolve(folder, property.text()))
  const certificates: Record<string, Certificate> = {}
  for (const [name, property] of root.at('certificates').entries()) {
    const [cert, key] = ['cert', 'key'].map((part) => resolve(folder, property.at(part).text()))
    certificates[name] = await readCertificate({ cert: cert ?? '', key: key ?? '' })
  }
  const trustStores: Record<string, string> = {}
  for (const [name, property] of root.at('trustStores').entries()) {
    trustStores[name] = await read(property)
  }
  const key = root.at('identityKey')
  // Users, keys and servers are checked when the load balancer is created.
  const { users, keySets, servers } = options as Pick<StandIns, 'users' | 'keySets' | 'servers'>
  return {
    certificates,
    trustStores,
    invoke: readInvoke(root),
    ...(key.isPresent && { identityKey: await read(key) }),
    ...(users !== undefined && { users }),
    ...(keySets !== undefined && { keySets }),
    ...(servers !== undefined && { servers }),
  }
}

function readInvoke(root: Property): Record<string, string> {
  const allowed = 'an http or https URL or an ARN'
  const endpoints = root.at('invoke').entries()
  return Object.fromEntries(
    endpoints.map(([name, url]) => [
      name,
      url.text({ pattern: /^(?:https?:\/\/|arn:)./, allowed }),
    ]),
  )
}

/** What a template does not say itself: values of parameters, of what is outside, folders of code. */
export interface TemplateValues {
  readonly parameters: Readonly<Record<string, string>>
  readonly imports: Readonly<Record<string, string>>
  /** What stands for listeners outside. */
  readonly listeners: GivenListeners
  /** Absolute, by function. */
  readonly code: Readonly<Record<string, string>>
}

/**
 * The stand-ins in a file beside a template, which has all else itself.
 * @throws StartError when the file cannot be read or has more
 * @throws ConfigurationError
 */
export async function readStandInsFile(file: string): Promise<StandIns & TemplateValues> {
  const options = await readJson(file)
  const all: readonly string[] = [...names, 'code', 'imports', 'parameters'].sort()
  const other = Object.keys(options).find((name) => !all.includes(name))
  if (other !== undefined) {
    const known = `${other} is the template's; beside one, the file has ${all.join(', ')}`
    throw new StartError(`${file}: ${known}${didYouMean(other, all)}`)
  }
  const folder = dirname(resolve(file))
  const root = new Property(options, '')
  checkStandInsFile(file, root)
  const code = textsAt(root, 'code').map(([name, text]) => [name, resolve(folder, text)] as const)
  // Checked when the load balancer is created.
  const { listeners = {} } = options as { listeners?: GivenListeners }
  return {
    ...(await readStandIns(options, folder)),
    listeners,
    parameters: Object.fromEntries(textsAt(root, 'parameters')),
    imports: Object.fromEntries(textsAt(root, 'imports')),
    code: Object.fromEntries(code),
  }
}

function textsAt(root: Property, name: string): [string, string][] {
  return root
    .at(name)
    .entries()
    .map(([key, property]) => [key, property.text()])
}

/** @throws StartError when there is no such file, or no object in it */
export async function readJson(file: string): Promise<Readonly<Record<string, unknown>>> {
  const text = await readNoted(file).catch((error: Error) => {
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
