import { Reference, Tokenization } from 'aws-cdk-lib/core'
import type { IConstruct } from 'constructs'

/** The element that a name or an ARN refers to, of whatever stack; undefined for plain text. */
export function targetOf(value: string): IConstruct | undefined {
  const { tokens } = Tokenization.reverseString(value)
  return tokens.find((token) => Reference.isReference(token))?.target
}
