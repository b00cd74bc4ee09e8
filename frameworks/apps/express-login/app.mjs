import flash from 'connect-flash'
import { csrfSync } from 'csrf-sync'
import express from 'express'
import { rateLimit } from 'express-rate-limit'
import session from 'express-session'
import passport from 'passport'
import { Strategy } from 'passport-local'

passport.use(
  new Strategy((name, password, done) => {
    if (password === 'right') done(null, { name })
    else done(null, false, { message: 'wrong password' })
  }),
)
passport.serializeUser(({ name }, done) => done(null, name))
passport.deserializeUser((name, done) => done(null, { name }))

const { csrfSynchronisedProtection, generateToken } = csrfSync()
export const app = express()
export const listen = (port) => app.listen(port, '127.0.0.1')

app.use(session({ secret: 'secret', resave: false, saveUninitialized: false, rolling: true }))
app.use(flash(), passport.session(), express.urlencoded({ extended: true }), express.json())
app.get('/token', (req, res) => res.json({ token: generateToken(req) }))
app.get('/me', (req, res) => {
  const { user = null } = req
  res.status(user ? 200 : 401).json({ user, flash: req.flash('error') })
})
app.use(rateLimit({ windowMs: 60_000, limit: 5, standardHeaders: 'draft-8', legacyHeaders: false }))
app.use(csrfSynchronisedProtection)
app.post(
  '/login',
  passport.authenticate('local', {
    failureRedirect: '/me',
    failureFlash: true,
    successRedirect: '/me',
  }),
)
app.post('/logout', (req, res, next) =>
  req.logout((error) => (error ? next(error) : res.redirect('/me'))),
)
