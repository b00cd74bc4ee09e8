import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import express from 'express'
import multer from 'multer'

const limits = { fileSize: 100_000, files: 3 }
const memory = multer({ limits })
const disk = multer({ limits, dest: tmpdir() })
export const app = express()
export const listen = (port) => app.listen(port, '127.0.0.1')

app.post('/memory', memory.array('file'), (req, res) => {
  res.json({
    body: req.body,
    files: req.files.map(({ buffer, ...rest }) => ({ ...rest, last: buffer.at(-1) })),
  })
})
app.post('/disk', disk.single('file'), async (req, res) => {
  res.json({ size: req.file.size, last: (await readFile(req.file.path)).at(-1) })
})
app.post('/fields', memory.none(), (req, res) => res.json(req.body))
app.use((error, _req, res, _next) =>
  res.status(400).json({ code: error.code, field: error.field, message: error.message }),
)
