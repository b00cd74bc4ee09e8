import { Intrinsics } from '../intrinsics.ts'
import { Parameters } from '../parameters.ts'
import { asObject, type TemplateObject } from '../read-template.ts'
import type { ResourcePart } from '../resources.ts'
import { otherMacros, withoutSam } from '../sam/transform.ts'

/** A template that has been read. */
export interface ReadStack {
  readonly name: string
  readonly file: string
  readonly template: TemplateObject
  /** Values of its parameters, checked against the template. */
  readonly given: Readonly<Record<string, string>>
  /** The stack that it is nested in, and the logical id there. */
  readonly parent?: { readonly stack: Stack; readonly id: string } | undefined
  /** What stands in front of a logical id that another stack has, too; empty for nothing. */
  readonly label: string
}

interface Surroundings {
  readonly region: string | undefined
  readonly isAmbiguous: (id: string) => boolean
  /** A value from outside of this stack: an export of another one, or what was given. */
  readonly imported: (name: string) => unknown
  /** An output of a stack that is nested in this one, by the logical id there. */
  readonly outputOf: (stack: Stack, id: string, output: string) => unknown
}

/** A stack whose values can be resolved. */
export class Stack implements ResourcePart {
  readonly name: string
  readonly file: string
  /** As CloudFormation gets it. */
  readonly template: TemplateObject
  /** What of its macros is not here, a line for each. */
  readonly notes: readonly string[]
  readonly parent: ReadStack['parent']
  readonly parameters: Parameters
  readonly intrinsics: Intrinsics
  readonly #label: string
  readonly #isAmbiguous: (id: string) => boolean

  constructor(
    { name, file, template, given, parent, label }: ReadStack,
    { region, isAmbiguous, imported, outputOf }: Surroundings,
  ) {
    this.name = name
    this.file = file
    this.parent = parent
    this.#label = label
    this.#isAmbiguous = isAmbiguous
    this.parameters = new Parameters(template, given, (parameter) => this.#passed(parameter))
    const surroundings = {
      region,
      stackName: name,
      idOf: (id: string) => this.idOf(id),
      imported: (path: string) => {
        const [, id, output] = /^([^.]+)\.Outputs\.(.+)$/.exec(path) ?? []
        const own =
          id === undefined || output === undefined ? undefined : outputOf(this, id, output)
        return own ?? imported(path)
      },
    }
    const { template: plain, notes } = withoutSam(template, (value) =>
      new Intrinsics(template, this.parameters, surroundings).resolve(value),
    )
    const macros = otherMacros(template).map((macro) => `The macro ${macro} is not run here`)
    this.template = plain
    this.notes = [...notes, ...macros]
    this.intrinsics = new Intrinsics(plain, this.parameters, surroundings)
  }

  /** How a resource of this stack is called among those of all stacks. */
  idOf(id: string): string {
    return this.#label !== '' && this.#isAmbiguous(id) ? `${this.#label}.${id}` : id
  }

  /** Whether the conditions under which it is nested hold. */
  get isThere(): boolean {
    if (!this.parent) return true
    const { Condition } = this.#nested
    const { stack } = this.parent
    return stack.isThere && (Condition === undefined || stack.intrinsics.holds(Condition))
  }

  output(name: string): unknown {
    const { Condition, Value } = asObject(asObject(this.template.Outputs)[name])
    if (Condition !== undefined && !this.intrinsics.holds(Condition)) return undefined
    return this.intrinsics.resolve(Value)
  }

  /** The outputs that are exported, by the name of the export. */
  exports(): [name: string, output: string][] {
    return Object.entries(asObject(this.template.Outputs)).flatMap(([output, value]) => {
      const name = this.intrinsics.resolve(asObject(asObject(value).Export).Name)
      return typeof name === 'string' ? [[name, output] as [string, string]] : []
    })
  }

  get #nested(): TemplateObject {
    const { stack, id } = this.parent ?? {}
    return asObject(asObject(stack?.template.Resources)[String(id)])
  }

  // What the parent gives the stack that is nested in it.
  #passed(parameter: string): unknown {
    const passed = asObject(asObject(this.#nested.Properties).Parameters)
    if (!Object.hasOwn(passed, parameter)) return undefined
    return this.parent?.stack.intrinsics.resolve(passed[parameter])
  }
}
