import { execFileSync } from 'node:child_process'

/**
 * Writes a folder of a commit below another, without a work tree of its own.
 *
 * @throws Error with what git says of a commit that is none, or that lacks the folder
 */
export function extract(repository: string, commit: string, path: string, into: string): void {
  const archive = ['-C', repository, 'archive', '--format=tar', commit, path]
  const input = execFileSync('git', archive, { maxBuffer: 2 ** 28 })
  execFileSync('tar', ['-x', '-C', into], { input })
}
