import type { CallExpression, Node } from '@babel/types'
import type { Access } from '../source/imports.ts'
import type { Placed } from '../source/nodes.ts'

/** What the file has that an adapter is found in. */
export interface Surroundings {
  /** What of the adapter an expression is. */
  accessOf(node: Node): Access | undefined
}

/** A call of an adapter that koa-alb can take the place of. */
export interface Conversion {
  /** What makes the handler: all of it is replaced. */
  readonly call: Placed<CallExpression>
  /** The app as it is written, with what has to be around it: nothing, or a call of `made`. */
  readonly app: Node
  /** Where the app is given, and what is not the app goes. */
  readonly kept: 'first-argument' | 'app-alone'
  /** What is left out, and why that is no loss. */
  readonly notes: readonly Remark[]
  readonly around?: { readonly module: string; readonly name: string; readonly member: string }
}

/** Something at a place of the file. */
export interface Remark {
  readonly node: Node
  readonly message: string
}

/** Why it is left as it is. */
export class Undecided extends Error {
  override readonly name = 'Undecided'
  readonly node: Node

  constructor(node: Node, message: string) {
    super(message)
    this.node = node
  }
}

/** What is told of a request under another adapter. */
export interface Use {
  /** The name of the member. */
  readonly member: string
  /** What it is a member of, as text. */
  readonly of: RegExp
  /** What then stands in the file for certain. */
  readonly near: RegExp
  /** What takes its place, for what it is a member of. */
  readonly instead: (object: string) => string
}

/** A package that makes a Lambda handler of an app. */
export interface Adapter {
  readonly packages: readonly string[]
  /** The page in `docs/migrate`. */
  readonly page: string
  /** The modules of it that an import may name, the package itself besides. */
  readonly modules?: RegExp
  /** Packages that koa-alb needs beside it, with their range. */
  readonly needs?: Readonly<Record<string, string>>
  /** Types of it, and the type of koa-alb that is the same. */
  readonly types?: Readonly<Record<string, string>>
  /**
   * Undefined for what is understood with another access alone, as a part of it.
   * @throws Undecided
   */
  convert(access: Access, surroundings: Surroundings): Conversion | undefined
  readonly uses: readonly Use[]
}
