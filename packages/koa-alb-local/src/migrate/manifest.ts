import { parseExpression } from '@babel/parser'
import type { Node, ObjectExpression, ObjectProperty } from '@babel/types'
import { type Edit, edited, lineEndOf } from './source/edits.ts'
import { endOf, propertyName, startOf, textOf } from './source/nodes.ts'

const sections = [
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
] as const

/** A package.json, to be changed without being written anew. */
export class Manifest {
  readonly #text: string
  readonly #root: ObjectExpression

  /** @throws SyntaxError when it is no object of JSON */
  constructor(text: string) {
    JSON.parse(text.replace(/^\ufeff/, ''))
    const root = parseExpression(text.replace(/^\ufeff/, ' '))
    if (root.type !== 'ObjectExpression') throw new SyntaxError('it is no object')
    this.#text = text
    this.#root = root
  }

  has(name: string): boolean {
    return sections.some((section) => this.#entry(section, name))
  }

  /** The text with these packages in the place of those that go. */
  changed(
    added: Readonly<Record<string, string>>,
    removed: readonly string[],
    beside: string,
  ): string {
    const missing = Object.entries(added).filter(([name]) => !this.has(name))
    const section = sections.find((each) => this.#entry(each, beside)) ?? 'dependencies'
    const edits: Edit[] = []
    for (const each of sections) {
      const gone = removed.filter((name) => this.#entry(each, name))
      const come = each === section ? missing : []
      if (gone.length + come.length > 0) edits.push(this.#sectionEdit(each, come, gone))
    }
    return edited(this.#text, edits)
  }

  #sectionEdit(section: string, come: readonly [string, string][], gone: readonly string[]): Edit {
    const text = this.#text
    const object = this.#section(section)
    const colon = this.#colon()
    const written = come.map(([name, range]) => ({
      name,
      text: JSON.stringify(name) + colon + JSON.stringify(range),
    }))
    const texts = (each: readonly { readonly text: string }[]): string[] =>
      each.map(({ text: own }) => own)
    if (!object) return this.#newSection(section, texts(written))
    const kept = propertiesOf(object)
      .map((property) => ({ name: propertyName(property) ?? '', text: textOf(text, property) }))
      .filter(({ name }) => !gone.includes(name))
    const isSorted = kept.every(
      ({ name }, index) => index === 0 || (kept[index - 1]?.name ?? '') < name,
    )
    const all = [...kept, ...written]
    if (isSorted) all.sort((one, other) => (one.name < other.name ? -1 : 1))
    return {
      start: startOf(object),
      end: endOf(object),
      text: this.#object(texts(all), object),
    }
  }

  /** With the white space of the first property. */
  #colon(): string {
    const [first] = propertiesOf(this.#root)
    return first ? this.#text.slice(endOf(first.key), startOf(first.value)) : ': '
  }

  /** Laid out as the object was. */
  #object(entries: readonly string[], like: ObjectExpression): string {
    if (entries.length === 0) return '{}'
    const text = this.#text
    const [first] = propertiesOf(like)
    const lineEnd = lineEndOf(text)
    const before = first ? text.slice(startOf(like) + 1, startOf(first)) : `${lineEnd}    `
    const last = propertiesOf(like).at(-1)
    const behind = last ? text.slice(endOf(last), endOf(like) - 1) : `${lineEnd}  `
    const between = before.includes('\n') ? before : this.#colon().slice(1)
    return `{${before}${entries.join(`,${between}`)}${behind}}`
  }

  #newSection(section: string, entries: readonly string[]): Edit {
    const text = this.#text
    const lineEnd = lineEndOf(text)
    const [first] = propertiesOf(this.#root)
    const last = propertiesOf(this.#root).at(-1)
    const at = last ? endOf(last) : startOf(this.#root) + 1
    const [, indent] = (first && /\n([ \t]*)$/.exec(text.slice(0, startOf(first)))) ?? []
    const name = JSON.stringify(section)
    if (indent === undefined) {
      const added = `${name}${this.#colon()}{${entries.join(',')}}`
      return { start: at, end: at, text: last ? `,${added}` : added }
    }
    const inner = entries.map((entry) => `${lineEnd}${indent}${indent}${entry}`).join(',')
    const added = `${name}: {${inner}${lineEnd}${indent}}`
    return { start: at, end: at, text: `,${lineEnd}${indent}${added}` }
  }

  #section(name: string): ObjectExpression | undefined {
    const value = propertiesOf(this.#root).find((each) => propertyName(each) === name)?.value
    return value?.type === 'ObjectExpression' ? value : undefined
  }

  #entry(section: string, name: string): Node | undefined {
    const object = this.#section(section)
    return object && propertiesOf(object).find((each) => propertyName(each) === name)
  }
}

function propertiesOf(object: ObjectExpression): ObjectProperty[] {
  return object.properties.filter((each) => each.type === 'ObjectProperty')
}

const lockFiles = [
  ['pnpm-lock.yaml', 'pnpm install'],
  ['yarn.lock', 'yarn install'],
  ['bun.lock', 'bun install'],
  ['bun.lockb', 'bun install'],
  ['package-lock.json', 'npm install'],
  ['npm-shrinkwrap.json', 'npm install'],
] as const

/** The command that installs, by the lock file among these names. */
export function installCommand(names: readonly string[]): string | undefined {
  return lockFiles.find(([file]) => names.includes(file))?.[1]
}
