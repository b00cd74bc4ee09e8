import type { Node } from '@babel/types'
import { type Adapter, type Conversion, type Remark, Undecided } from './adapters/adapter.ts'
import { conversionEdits } from './conversion-edits.ts'
import { foreignTo } from './foreign.ts'
import { handlerCallEdits } from './handler-calls.ts'
import { equalsName, importEdits, type Needed } from './import-edits.ts'
import type { Edit } from './source/edits.ts'
import { type Access, loadedName, type ModuleImport } from './source/imports.ts'
import { endOf, parentOf, startOf } from './source/nodes.ts'
import type { Names } from './source/scopes.ts'
import type { SourceFile } from './source/source-file.ts'

/** What a file does with an adapter: how it would do so with koa-alb, or why that cannot be told. */
export class Reading {
  readonly #adapter: Adapter
  readonly #imports: readonly ModuleImport[]
  readonly #names: Names
  readonly #source: SourceFile
  readonly #undecided: Remark[] = []

  constructor(
    adapter: Adapter,
    imports: readonly ModuleImport[],
    names: Names,
    source: SourceFile,
  ) {
    this.#adapter = adapter
    this.#imports = imports
    this.#names = names
    this.#source = source
  }

  result(): { edits: Edit[]; notes: Remark[]; undecided: Remark[] } {
    for (const { form, accesses } of this.#imports) {
      if (form.kind === 'unknown') this.#leave(form.placed.node, form.reason)
      else if (accesses.length === 0) this.#leave(formNode(form), 'it is loaded, and not used here')
    }
    for (const { node, message } of foreignTo(this.#source.ast.program, this.#names)) {
      this.#leave(node, message)
    }
    const conversions = this.#conversions()
    if (this.#undecided.length === 0 && conversions.length === 0) {
      const [first] = this.#imports
      if (first) this.#leave(first.literal, 'no handler is made with it here')
    }
    const edits = this.#undecided.length > 0 ? [] : this.#attempt(() => this.#edits(conversions))
    const notes = conversions.flatMap((conversion) => conversion.notes)
    return { edits: edits ?? [], notes, undecided: this.#undecided }
  }

  #conversions(): Conversion[] {
    const accesses = this.#accesses()
    const surroundings = {
      accessOf: (node: Node) => accesses.find((access) => access.node === node),
    }
    const conversions: Conversion[] = []
    const parts: Access[] = []
    for (const access of accesses) {
      if (this.#typeOf(access)) continue
      this.#attempt(() => {
        const conversion = this.#adapter.convert(access, surroundings)
        if (conversion) conversions.push(conversion)
        else parts.push(access)
      })
    }
    if (this.#undecided.length > 0) return conversions
    for (const part of parts) {
      if (conversions.some(({ call, app }) => isIn(part, call.node) && !isIn(part, app))) continue
      this.#leave(part.node, `${part.imported} is used outside of what is known here`)
    }
    return conversions
  }

  #accesses(): Access[] {
    return this.#imports.flatMap(({ accesses }) => accesses)
  }

  /** The type of koa-alb that is what is accessed. */
  #typeOf(access: Access): string | undefined {
    const isType = parentOf(access)?.node.type === 'TSTypeReference'
    const types = this.#adapter.types ?? {}
    return isType && Object.hasOwn(types, access.imported) ? types[access.imported] : undefined
  }

  #edits(conversions: readonly Conversion[]): Edit[] {
    const { text } = this.#source
    const isInline = (access: Access): boolean =>
      this.#imports.some(
        ({ form, accesses }) => form.kind === 'inline' && accesses.includes(access),
      )
    const hasEquals = this.#imports.some(({ form }) => form.kind === 'import-equals')
    const types = this.#accesses().flatMap((access) => {
      const type = this.#typeOf(access)
      if (type === undefined) return []
      const prefix = hasEquals ? `${equalsName}.` : ''
      return [{ start: startOf(access.node), end: endOf(access.node), text: prefix + type, type }]
    })
    const own = loadedName(this.#source.ast.program, this.#names)
    const callee = own ?? (hasEquals ? `${equalsName}.albHandler` : 'albHandler')
    const needed = this.#needed(conversions, new Set(types.map(({ type }) => type)), own)
    return [
      ...types,
      ...importEdits(this.#imports, needed, text),
      ...conversions.flatMap((conversion) => [
        ...conversionEdits(conversion, {
          text,
          imports: this.#imports,
          callee,
          isInline: this.#accesses().some(
            (access) => isInline(access) && isIn(access, conversion.call.node),
          ),
        }),
        ...handlerCallEdits(conversion.call, this.#source, this.#names),
      ]),
    ]
  }

  /** @throws Undecided when a name of it means something else here */
  #needed(
    conversions: readonly Conversion[],
    types: ReadonlySet<string>,
    own: string | undefined,
  ): Needed[] {
    const around = conversions.find((conversion) => conversion.around)?.around
    const ofKoaAlb = [...types].map((type) => `type ${type}`)
    if (own === undefined) ofKoaAlb.push('albHandler')
    const free = [around?.name, ...types, ...(own === undefined ? ['albHandler', equalsName] : [])]
    for (const { name, declarations } of this.#names.bindings) {
      const [declaration] = declarations
      if (free.includes(name) && declaration) {
        throw new Undecided(declaration.node, `${name} is a name of this file's own`)
      }
    }
    const needed = [{ module: 'koa-alb', name: ofKoaAlb.join(', ') }]
    if (around) needed.unshift({ module: around.module, name: around.name })
    return needed.filter(({ name }) => name !== '')
  }

  #attempt<Result>(action: () => Result): Result | undefined {
    try {
      return action()
    } catch (error) {
      if (!(error instanceof Undecided)) throw error
      this.#leave(error.node, error.message)
      return undefined
    }
  }

  #leave(node: Node, message: string): void {
    this.#undecided.push({ node, message })
  }
}

function isIn({ node }: { readonly node: Node }, outer: Node): boolean {
  return startOf(outer) <= startOf(node) && endOf(node) <= endOf(outer)
}

function formNode(form: ModuleImport['form']): Node {
  return form.kind === 'inline' ? form.load : form.placed.node
}
