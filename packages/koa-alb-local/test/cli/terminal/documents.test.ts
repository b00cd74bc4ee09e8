import { expect, it } from 'vitest'
import { DocumentsHint } from '../../../src/cli/terminal/documents.ts'

it('says once where the documents are, after the first line that names one', () => {
  const hint = new DocumentsHint()
  expect(hint.after('GET /a 200')).toBe('')
  expect(hint.after('ALB_ERR_X: docs/errors.md#alb_err_x says what to do')).toMatch(
    /^ {4}docs\/ is .*\/docs\n$/,
  )
  expect(hint.after('see docs/errors.md')).toBe('')
})
