import { stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { existsNoted, readNoted } from '../../files/noted-files.ts'
import { asObject, TemplateError, type TemplateObject } from '../read-template.ts'

/** A template that somebody asked for, and what it is called. */
export interface StackFile {
  readonly file: string
  /** `AWS::StackName` */
  readonly name: string
  /** Values of its parameters. */
  readonly parameters: Readonly<Record<string, string>>
}

interface ListedStack extends StackFile {
  /** In the manifest, which names what it depends on by these. */
  readonly id: string
  readonly names: readonly string[]
  readonly dependencies: readonly string[]
}

const onlyName = 'local'

/**
 * The templates behind the arguments: files, each perhaps with a name in front (`shop=shop.yaml`), and
 * folders with a manifest, such as `cdk.out`, of which some stacks may be chosen.
 * @throws TemplateError when there is no such file or stack
 */
export async function stackFiles(
  given: readonly string[],
  chosen: readonly string[],
): Promise<readonly StackFile[]> {
  const lists = await Promise.all(
    given.map(async (argument): Promise<readonly ListedStack[]> => {
      const path = manifestOf(argument)
      if (path !== undefined) return listed(path)
      const { name, file } = namedFile(argument)
      const stackName = name ?? usualName(file, given)
      return [
        { file, name: stackName, parameters: {}, id: file, names: [stackName], dependencies: [] },
      ]
    }),
  )
  return selected(lists.flat(), chosen)
}

// Many repositories have a template.yaml in each folder.
function usualName(file: string, given: readonly string[]): string {
  if (given.length === 1) return onlyName
  const others = given.map((argument) => namedFile(argument).file).filter((each) => each !== file)
  const name = withoutEnding(file)
  if (!others.some((each) => withoutEnding(each) === name)) return name
  return basename(dirname(resolve(file)))
}

function withoutEnding(file: string): string {
  return basename(file).split('.')[0] ?? ''
}

/** An argument as a file, and the name in front of it. */
export function namedFile(argument: string): { name: string | undefined; file: string } {
  const isFile = existsNoted(argument)
  const [, name, file = argument] = isFile ? [] : (/^([A-Za-z][\w-]*)=(.+)$/.exec(argument) ?? [])
  return { name, file }
}

/** The manifest of an argument that is a folder with one. */
export function manifestOf(argument: string): string | undefined {
  const path = join(argument, 'manifest.json')
  return existsNoted(path) ? path : undefined
}

function selected(all: readonly ListedStack[], chosen: readonly string[]): readonly StackFile[] {
  if (chosen.length === 0) return all
  const wanted = new Set<ListedStack>()
  const want = (stack: ListedStack): void => {
    if (wanted.has(stack)) return
    wanted.add(stack)
    for (const other of all) if (stack.dependencies.includes(other.id)) want(other)
  }
  for (const name of chosen) {
    const found = all.filter(({ names }) => names.includes(name))
    if (found.length === 0) {
      const names = all.map((stack) => stack.names[0]).join(', ') || 'none'
      throw new TemplateError(`there is no stack ${name}; choose with --stack: ${names}`)
    }
    for (const stack of found) want(stack)
  }
  return all.filter((stack) => wanted.has(stack))
}

/** The stacks of a cloud assembly, those of its stages included. */
async function listed(manifest: string): Promise<readonly ListedStack[]> {
  const folder = dirname(manifest)
  const { artifacts } = asObject(JSON.parse(await readNoted(manifest)))
  const lists = Object.entries(asObject(artifacts)).map(async ([id, value]) => {
    const { type, properties, displayName, dependencies } = asObject(value)
    const { templateFile, stackName, directoryName, parameters } = asObject(properties)
    if (type === 'cdk:cloud-assembly' && typeof directoryName === 'string') {
      return listed(join(folder, directoryName, 'manifest.json'))
    }
    if (type !== 'aws:cloudformation:stack' || typeof templateFile !== 'string') return []
    const name = typeof stackName === 'string' ? stackName : id
    return [
      {
        file: join(folder, templateFile),
        name,
        parameters: textsOf(asObject(parameters)),
        id,
        names: [name, id, ...(typeof displayName === 'string' ? [displayName] : [])],
        dependencies: Array.isArray(dependencies) ? dependencies.map(String) : [],
      },
    ]
  })
  return (await Promise.all(lists)).flat()
}

function textsOf(values: TemplateObject): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]))
}

/** The file of a nested stack's template, if it is on this machine. */
export async function nestedFile(
  { Properties, Metadata }: TemplateObject,
  parent: string,
  assets: ReadonlyMap<string, string>,
): Promise<string | undefined> {
  const properties = asObject(Properties)
  const location = properties.TemplateURL ?? properties.Location
  const { 'aws:asset:path': path } = asObject(Metadata)
  const written = JSON.stringify(location ?? '')
  const [, asset] = [...assets].find(([key]) => key !== '' && written.includes(key)) ?? []
  const candidates = [location, path].filter((each) => typeof each === 'string')
  const files = [...candidates.map((each) => resolve(dirname(parent), each)), asset]
  for (const file of files) {
    if (file !== undefined && existsNoted(file) && (await stat(file)).isFile()) return file
  }
  return undefined
}
