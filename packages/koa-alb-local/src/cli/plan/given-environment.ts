import { dirname, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { readNoted } from '../../files/noted-files.ts'
import { isReserved } from '../../lambda/environment-variables.ts'
import { Property } from '../../properties/property.ts'
import type { Arguments } from '../arguments/arguments.ts'
import { type GivenVariable, toVariable } from '../arguments/given-variables.ts'
import { UsageError } from '../arguments/usage-error.ts'
import { StartError } from '../terminal/start-error.ts'

type Variables = Readonly<Record<string, string>>

interface Layer {
  readonly option: string
  readonly functionName: string | undefined
  readonly variables: Variables
}

/** The variables that the command line gives, over those that are declared. */
export class GivenEnvironment {
  #layers: readonly Layer[]
  readonly #served = new Set<string>()

  /** @throws StartError when a file cannot be read, or sets what only Lambda sets */
  static async read({
    env,
    envFile,
    fnEnvFiles,
  }: Pick<Arguments, 'env' | 'envFile' | 'fnEnvFiles'>): Promise<GivenEnvironment> {
    const layers: Layer[] = []
    const addFile = async (option: string, file: string, functionName?: string): Promise<void> => {
      layers.push({ option, functionName, variables: await readVariables(option, file) })
    }
    if (envFile !== undefined) await addFile('--env-file', envFile)
    for (const { functionName, file } of fnEnvFiles) {
      await addFile('--fn-env-file', file, functionName)
    }
    const isOwn = ({ functionName }: { functionName: string | undefined }): boolean =>
      functionName !== undefined
    for (const given of [...env.filter((each) => !isOwn(each)), ...env.filter(isOwn)]) {
      const { functionName, name, value } = given
      layers.push({ option: '--env', functionName, variables: { [name]: value } })
    }
    return new GivenEnvironment(layers)
  }

  private constructor(layers: readonly Layer[]) {
    this.#layers = layers
  }

  /**
   * Takes what a configuration file has in `env` and `envFiles`; what the command line gives holds over it.
   * @throws StartError when a file cannot be read, or something is no variable
   * @throws ConfigurationError when one of them is of another shape
   */
  async addConfigured(options: Readonly<Record<string, unknown>>, file: string): Promise<void> {
    const root = new Property(options, '')
    const layers: Layer[] = []
    for (const property of root.at('envFiles').items()) {
      const [, functionName, name = ''] = /^(?:([^=]+)=)?(.+)$/s.exec(property.text()) ?? []
      const option = `${file}: envFiles`
      const variables = await readVariables(option, resolve(dirname(file), name))
      layers.push({ option, functionName, variables })
    }
    for (const [key, property] of root.at('env').entries()) {
      const option = `${file}: env`
      const { functionName, name, value } = variableOf(`${key}=${property.text()}`, option)
      layers.push({ option, functionName, variables: { [name]: value } })
    }
    const isOwn = ({ functionName }: Layer): boolean => functionName !== undefined
    const inOrder = [...layers.filter((each) => !isOwn(each)), ...layers.filter(isOwn)]
    this.#layers = [...inOrder, ...this.#layers]
  }

  /** Those of every function. */
  ofAll(): Variables {
    return this.over({})
  }

  /** The variables of the function that has these names. */
  over(declared: Variables, ...names: readonly string[]): Variables {
    for (const name of names) this.#served.add(name)
    const own = this.#layers.filter(
      ({ functionName }) => functionName === undefined || names.includes(functionName),
    )
    return Object.assign({ ...declared }, ...own.map(({ variables }) => variables))
  }

  /**
   * Once all functions have asked for theirs.
   * @throws StartError when something is for a function that is not there
   */
  checkUse(): void {
    for (const { functionName, option } of this.#layers) {
      if (functionName === undefined || this.#served.has(functionName)) continue
      const known = [...this.#served].join(', ') || 'none'
      throw new StartError(`${option}: there is no function ${functionName}; there is ${known}`)
    }
  }
}

function variableOf(text: string, where: string): GivenVariable {
  try {
    return toVariable(text, where)
  } catch (error) {
    if (error instanceof UsageError) throw new StartError(error.message)
    throw error
  }
}

async function readVariables(option: string, file: string): Promise<Variables> {
  const text = await readNoted(file).catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'ENOENT' ? 'there is no such file' : error.message
    throw new StartError(`${option} ${file} cannot be read: ${reason}`)
  })
  const entries = Object.entries(parseEnv(text)).map(
    ([name, value]) => [name, value ?? ''] as const,
  )
  const taken = entries.find(([name]) => isReserved(name))
  if (taken) throw new StartError(`${option} ${file}: ${taken[0]} is set by Lambda itself`)
  return Object.fromEntries(entries)
}
