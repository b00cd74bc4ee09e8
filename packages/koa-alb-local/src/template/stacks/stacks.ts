import { type Assets, readAssets } from '../code-folder.ts'
import { asObject, readTemplate, TemplateError, type TemplateObject } from '../read-template.ts'
import { Resources } from '../resources.ts'
import type { Unknown } from '../unknown.ts'
import { Stack } from './stack.ts'
import { nestedFile, type StackFile } from './stack-files.ts'

export interface StackValues {
  readonly region: string | undefined
  readonly parameters: Readonly<Record<string, string>>
  readonly imports: Readonly<Record<string, string>>
}

const nestedTypes: readonly unknown[] = [
  'AWS::CloudFormation::Stack',
  'AWS::Serverless::Application',
]

/** Stacks that are read together: exports and imports between them resolve, and nested ones are there. */
export class Stacks {
  readonly assets: Assets
  /** Nested stacks whose template is not on this machine. */
  readonly notes: readonly string[]
  readonly #stacks: readonly Stack[]

  /** @throws TemplateError */
  static async read(files: readonly StackFile[], values: StackValues): Promise<Stacks> {
    const reader = new Reader(files, values)
    for (const file of files) await reader.read(file)
    reader.complete()
    return new Stacks(reader)
  }

  private constructor({ stacks, assets, notes }: Reader) {
    this.#stacks = stacks.filter(({ isThere }) => isThere)
    this.assets = assets
    this.notes = notes
  }

  /** Those of all stacks. */
  resources(): Resources {
    return new Resources(this.#stacks)
  }

  /** What of macros is not here. */
  get macroNotes(): readonly string[] {
    return [...new Set(this.#stacks.flatMap(({ notes }) => notes))]
  }

  /** What stands for parameters without a value. */
  get standIns(): ReadonlyMap<string, string> {
    return new Map(this.#stacks.flatMap(({ parameters }) => [...parameters.standIns]))
  }

  /** Conditions that are taken as false because of something that is not known. */
  get doubts(): ReadonlyMap<string, Unknown> {
    return new Map(this.#stacks.flatMap(({ intrinsics }) => [...intrinsics.doubts]))
  }

  /** The parameters that have this value. */
  parametersWith(value: string): string[] {
    return this.#stacks.flatMap(({ parameters }) => parameters.named(value))
  }
}

class Reader {
  readonly stacks: Stack[] = []
  readonly assets = new Map<string, string>()
  readonly notes: string[] = []
  readonly #values: StackValues
  readonly #isOne: boolean
  readonly #nested = new Map<Stack, Map<string, Stack>>()
  readonly #resolving = new Set<string>()
  // Before that, what is asked of other stacks is not known.
  #isComplete = false
  #exports: ReadonlyMap<string, () => unknown> | undefined
  #ambiguous: ReadonlySet<string> | undefined

  constructor(files: readonly StackFile[], values: StackValues) {
    this.#values = values
    this.#isOne = files.length === 1
  }

  async read({ file, name, parameters }: StackFile): Promise<void> {
    const template = await readTemplate(file)
    const declared = asObject(template.Parameters)
    const given = { ...parameters, ...this.#given(name, declared) }
    const label = this.#isOne ? '' : name
    await this.#add({ name, file, template, given, label })
  }

  /** All have been read; refuses a value for which none has a parameter. */
  complete(): void {
    this.#isComplete = true
    const names = this.stacks
      .filter(({ parent }) => !parent)
      .flatMap(({ name, template }) => {
        const own = Object.keys(asObject(template.Parameters))
        return [...own, ...own.map((each) => `${name}.${each}`)]
      })
    const unknown = Object.keys(this.#values.parameters).find((name) => !names.includes(name))
    if (unknown === undefined) return
    const known = [...new Set(names.filter((name) => !name.includes('.')))].join(', ') || 'none'
    const what = this.#isOne ? 'the template has' : 'the templates have'
    throw new TemplateError(`there is no parameter ${unknown}; ${what} ${known}`)
  }

  #given(stack: string, declared: TemplateObject): Record<string, string> {
    const names = Object.keys(declared)
    const values = names.map((name) => {
      const { parameters } = this.#values
      return [name, parameters[`${stack}.${name}`] ?? parameters[name]] as const
    })
    return Object.fromEntries(
      values.filter((pair): pair is [string, string] => pair[1] !== undefined),
    )
  }

  async #add(read: ConstructorParameters<typeof Stack>[0]): Promise<void> {
    for (let { parent } = read; parent; parent = parent.stack.parent) {
      if (parent.stack.file !== read.file) continue
      throw new TemplateError(`${read.file} is nested in itself`)
    }
    for (const [key, path] of await readAssets(read.file)) this.assets.set(key, path)
    const stack = new Stack(read, {
      region: this.#values.region,
      isAmbiguous: (id) => this.#isAmbiguous(id),
      imported: (name) => this.#values.imports[name] ?? this.#exported(name),
      outputOf: (parent, id, output) => this.#nested.get(parent)?.get(id)?.output(output),
    })
    this.stacks.push(stack)
    for (const [id, value] of Object.entries(asObject(stack.template.Resources))) {
      const resource = asObject(value)
      if (nestedTypes.includes(resource.Type))
        await this.#addNested(stack, id, resource, read.label)
    }
  }

  async #addNested(
    parent: Stack,
    id: string,
    resource: TemplateObject,
    parentLabel: string,
  ): Promise<void> {
    const file = await nestedFile(resource, parent.file, this.assets)
    if (file === undefined) {
      this.notes.push(`Stack ${parent.idOf(id)} is not on this machine; nothing of it is served`)
      return
    }
    await this.#add({
      name: `${parent.name}-${id}`,
      file,
      template: await readTemplate(file),
      given: {},
      parent: { stack: parent, id },
      label: parentLabel === '' ? id : `${parentLabel}.${id}`,
    })
    const added = this.stacks.find(({ parent: of }) => of?.stack === parent && of.id === id)
    const siblings = this.#nested.get(parent) ?? new Map<string, Stack>()
    if (added) this.#nested.set(parent, siblings.set(id, added))
  }

  #isAmbiguous(id: string): boolean {
    if (!this.#isComplete) return false
    this.#ambiguous ??= twice(
      this.stacks.flatMap(({ template }) => Object.keys(asObject(template.Resources))),
    )
    return this.#ambiguous.has(id)
  }

  #exported(name: string): unknown {
    // The name of an export, or its value, may depend on other exports, but not in a circle.
    if (!this.#isComplete || this.#resolving.has(name)) return undefined
    this.#resolving.add(name)
    try {
      this.#exports ??= this.#readExports()
      return this.#exports.get(name)?.()
    } finally {
      this.#resolving.delete(name)
    }
  }

  #readExports(): ReadonlyMap<string, () => unknown> {
    // What is asked for meanwhile is not known.
    this.#exports = new Map()
    return new Map(
      this.stacks
        .filter(({ isThere }) => isThere)
        .flatMap((stack) =>
          stack.exports().map(([name, output]) => [name, () => stack.output(output)] as const),
        ),
    )
  }
}

function twice(names: readonly string[]): Set<string> {
  return new Set(names.filter((name, index) => names.indexOf(name) !== index))
}
