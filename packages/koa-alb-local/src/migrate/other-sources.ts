import type { Node } from '@babel/types'
import type { Remark } from './adapters/adapter.ts'
import { importedName } from './source/imports.ts'

/** The types of events that are no load balancer's, imported by name. */
export function ofOtherSources(program: Node): Remark[] {
  if (program.type !== 'Program') return []
  return program.body.flatMap((statement) => {
    if (statement.type !== 'ImportDeclaration' || statement.source.value !== 'aws-lambda') return []
    return statement.specifiers
      .filter((specifier) => /^(?:APIGateway|LambdaFunctionURL)/.test(importedName(specifier)))
      .map((node) => ({
        node,
        message: `${importedName(node)} is no type of a load balancer: koa-alb answers its events alone, of type ALBEvent`,
      }))
  })
}
