import { asObject, TemplateError, type TemplateObject } from './read-template.ts'

/** The parameters of a template with their values. */
export class Parameters {
  /** Those whose value is not known here, with what stands for it. */
  readonly standIns = new Map<string, string>()
  readonly #declared: TemplateObject
  readonly #given: Readonly<Record<string, string>>

  /** @throws TemplateError when a value is given that the template does not take */
  constructor(template: TemplateObject, given: Readonly<Record<string, string>>) {
    this.#declared = asObject(template.Parameters)
    this.#given = given
    for (const [name, value] of Object.entries(given)) this.#check(name, value)
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#declared, name)
  }

  value(name: string): string | string[] {
    const { Type } = asObject(this.#declared[name])
    const text = this.#given[name] ?? this.#usual(name)
    if (!/^List<|^CommaDelimitedList$/.test(String(Type))) return text
    return text.split(',').map((item) => item.trim())
  }

  #usual(name: string): string {
    const { Default, MinLength, Type } = asObject(this.#declared[name])
    // With this type the default is the name of a value in the account.
    const isStored = String(Type).startsWith('AWS::SSM::Parameter::Value<')
    if (Default !== undefined && !isStored) return String(Default)
    const standIn = String(Default ?? name).padEnd(Number(MinLength ?? 0), '-')
    this.standIns.set(name, standIn)
    return standIn
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
