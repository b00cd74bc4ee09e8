import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff'
import { printable } from '../log/printable.ts'
import type { Changed } from './changed-manifests.ts'
import type { Finding, Migration } from './migration.ts'

export const formatNames = ['text', 'json'] as const

export type FormatName = (typeof formatNames)[number]

/** What is said of a migration. */
export interface Report {
  readonly folder: string
  readonly migration: Migration
  readonly isWritten: boolean
}

type Style = 'bold' | 'red' | 'green' | 'cyan'

/** How lines are shown on a terminal; elsewhere a diff stays as it is, to be applied. */
export interface Look {
  readonly isTerminal: boolean
  paint(style: Style, text: string): string
}

/** Unified, with paths as git has them. */
export function diffOf({ path, before, after }: Changed): string {
  return createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, {
    headerOptions: FILE_HEADERS_ONLY,
  })
}

/** With a version, for programs. */
export function toJson({ folder, migration, isWritten }: Report): string {
  const { changed, notes, undecided, install } = migration
  const named = ({ page, ...each }: Finding) => ({ ...each, page: page && pagePath(page) })
  const shape = {
    version: 1,
    folder,
    written: isWritten,
    changed: changed.map((each) => ({ file: each.path, diff: diffOf(each) })),
    notes: notes.map(named),
    undecided: undecided.map(named),
    install,
  }
  return `${JSON.stringify(shape, null, 2)}\n`
}

export function toText(report: Report, look: Look): string {
  const { changed, notes, undecided } = report.migration
  const diffs = changed.flatMap((each) => shownDiff(diffOf(each), look))
  const parts = [
    diffs,
    notes.length > 0 ? notes.map((each) => look.paint('cyan', sentenceOf(each))) : [],
    undecided.length > 0 ? [look.paint('bold', 'Could not decide:')] : [],
    ...undecided.map((each) => undecidedLines(each)),
  ]
  return `${[...parts.flat(), summaryOf(report)].join('\n')}\n`
}

function shownDiff(diff: string, { isTerminal, paint }: Look): string[] {
  const lines = diff.replace(/\n$/, '').split('\n')
  if (!isTerminal) return lines
  return lines.map((line) => {
    const style = styleOf(line)
    const text = printable(line.replace(/\r$/, ''))
    return style ? paint(style, text) : text
  })
}

function styleOf(line: string): Style | undefined {
  if (line.startsWith('--- ') || line.startsWith('+++ ')) return 'bold'
  if (line.startsWith('@@')) return 'cyan'
  if (line.startsWith('-')) return 'red'
  return line.startsWith('+') ? 'green' : undefined
}

function undecidedLines(finding: Finding): string[] {
  const { found, page } = finding
  return [
    sentenceOf(finding),
    ...(found ? [`    ${printable(found)}`] : []),
    ...(page ? [`    ${pagePath(page)}`] : []),
  ]
}

function sentenceOf({ file, line, column, message }: Finding): string {
  return printable(`${file}:${line}:${column}: ${message}`)
}

function pagePath(page: string): string {
  return `docs/migrate/${page}`
}

function summaryOf({ migration, isWritten, folder }: Report): string {
  const { changed, undecided, install } = migration
  if (changed.length === 0 && undecided.length === 0) {
    return `nothing to move in ${printable(folder)}`
  }
  const files = changed.length === 1 ? '1 file' : `${changed.length} files`
  const done = isWritten ? `${files} changed` : `${files} to change`
  const left = undecided.length > 0 ? `, ${undecided.length} undecided` : ''
  if (changed.length === 0) return `${done}${left}`
  const next = isWritten ? '' : ', with --write'
  return `${done}${next}${left}${install ? `; then ${install}` : ''}`
}
