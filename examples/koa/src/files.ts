import { randomUUID } from 'node:crypto'
import multer, { type File } from '@koa/multer'
import type Router from '@koa/router'
import type { Context } from 'koa'

const fileLimitBytes = 512 * 1024
const fileLimit = 50

const uploadOptions = {
  storage: multer.memoryStorage(),
  limits: { files: 1, fileSize: fileLimitBytes },
  // Browsers send file names as UTF-8; multer would read them as latin1.
  defParamCharset: 'utf8',
}
const parseUpload = multer(uploadOptions).single('file')

async function uploadedFile(ctx: Context): Promise<File> {
  try {
    await parseUpload(ctx, async () => {})
  } catch (error) {
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'LIMIT_FILE_SIZE'
    ctx.throw(isTooLarge ? 413 : 400, isTooLarge ? 'Files may take 512 KiB' : 'Broken upload')
  }
  const file: File | undefined = ctx.file
  return file ?? ctx.throw(400, 'Send the file in the multipart field "file"')
}

export function addFileRoutes(router: Router): void {
  // In this process only: another Lambda environment would not find them. Real apps use S3.
  const files = new Map<string, File>()

  router.post('/api/files', async (ctx) => {
    const file = await uploadedFile(ctx)
    const id = randomUUID()
    files.set(id, file)
    for (const oldest of files.keys()) {
      if (files.size > fileLimit) files.delete(oldest)
    }
    ctx.status = 201
    ctx.set('Location', `/api/files/${id}`)
    ctx.body = { id, name: file.originalname, type: file.mimetype, size: file.size }
  })

  router.get('/api/files/:id', (ctx) => {
    const file = files.get(ctx.params.id ?? '')
    if (!file) return ctx.throw(404, 'There is no such file')
    // Letters beyond ASCII go into filename* only: as they are, Node garbles them in this header and
    // a load balancer refuses it.
    ctx.attachment(file.originalname, { fallback: file.originalname.replace(/[^ -~]/g, '_') })
    ctx.type = file.mimetype
    ctx.set('X-Content-Type-Options', 'nosniff')
    ctx.body = file.buffer
  })
}
