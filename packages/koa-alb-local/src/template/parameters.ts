import { asObject, TemplateError, type TemplateObject } from './read-template.ts'
import { Unknown } from './unknown.ts'

// CloudFormation's own limit.
const longestValue = 4096

/** The parameters of a template with their values. */
export class Parameters {
  /** What stands for those whose value is not known here, and was asked for. */
  readonly standIns = new Map<string, string>()
  readonly #declared: TemplateObject
  readonly #given: Readonly<Record<string, string>>
  readonly #passed: (name: string) => unknown

  /**
   * @param passed the values that a stack around this one has for it
   * @throws TemplateError when a value is given that the template does not take
   */
  constructor(
    template: TemplateObject,
    given: Readonly<Record<string, string>>,
    passed: (name: string) => unknown = () => undefined,
  ) {
    this.#declared = asObject(template.Parameters)
    this.#given = given
    this.#passed = passed
    for (const [name, value] of Object.entries(given)) this.#check(name, value)
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#declared, name)
  }

  value(name: string): unknown {
    const { Default, Type } = asObject(this.#declared[name])
    // With this type the default is the name of a value in the account.
    const isStored = String(Type).startsWith('AWS::SSM::Parameter::Value<')
    const usual = isStored || Default === null ? undefined : Default
    const text = this.#given[name] ?? this.#passed(name) ?? usual
    if (text instanceof Unknown || Array.isArray(text)) return text
    const isList = isListType(String(Type))
    if (text === undefined) return isList ? [this.#unknown(name)] : this.#unknown(name)
    return isList
      ? String(text)
          .split(',')
          .map((item) => item.trim())
      : String(text)
  }

  /** The parameters that have this value. */
  named(value: string): string[] {
    const values = Object.entries(this.#declared).map(([name, declared]) => {
      return [name, this.#given[name] ?? asObject(declared).Default] as const
    })
    return values.filter(([, each]) => each === value).map(([name]) => name)
  }

  #unknown(name: string): Unknown {
    const { Default, MinLength } = asObject(this.#declared[name])
    const length = Math.min(Number(MinLength ?? 0), longestValue)
    const text = String(Default ?? name).padEnd(length, '-')
    return new Unknown(`parameter ${name} has no value`, {
      name: text,
      remedy: `--parameter-overrides ${name}=…`,
      standIn: () => {
        this.standIns.set(name, text)
        return text
      },
    })
  }

  #check(name: string, value: string): void {
    if (!this.has(name)) {
      const names = Object.keys(this.#declared).join(', ') || 'none'
      throw new TemplateError(`there is no parameter ${name}; the template has ${names}`)
    }
    const { AllowedValues } = asObject(this.#declared[name])
    if (!Array.isArray(AllowedValues) || AllowedValues.map(String).includes(value)) return
    const allowed = AllowedValues.join(', ')
    throw new TemplateError(`parameter ${name} is ${value}, must be one of ${allowed}`)
  }
}

/** `List<…>`, such a list in `AWS::SSM::Parameter::Value<…>`, or `CommaDelimitedList`. */
function isListType(type: string): boolean {
  if (type === 'CommaDelimitedList' || type.startsWith('List<')) return true
  return type.includes('List<') && type.endsWith('>>')
}
