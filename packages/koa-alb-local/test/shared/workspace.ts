import { mkdir, symlink } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { folderWith } from './folder.ts'

type Files = Readonly<Record<string, string>>

/** A handler that answers with what it imports. */
export function answeringWith(name: string, from: string): string {
  return `import ${name} from '${from}'
export const handler = async () => ({ statusCode: 200, headers: {}, body: String(text) })
`
}

/** A workspace as npm, pnpm and yarn leave it: packages, and links to them in `node_modules`. */
export async function workspaceWith(
  files: Files,
  links: Files = { 'node_modules/@acme/lib': 'packages/lib' },
): Promise<string> {
  const folder = await folderWith({
    'package.json': '{ "private": true, "workspaces": ["packages/*"] }',
    'packages/app/package.json': '{ "name": "app", "type": "module" }',
    ...files,
  })
  for (const [link, to] of Object.entries(links)) {
    const place = join(folder, link)
    await mkdir(dirname(place), { recursive: true })
    await symlink(relative(dirname(place), join(folder, to)), place)
  }
  return folder
}
