// The story, played: one question from an article to a volunteer, another one to staff. It does
// what people do, as those people, through their own sockets and buttons, and it looks at what
// really came of it; where this bot does something else, it says so and goes on from there.

import { fillWords, language, learn, t } from './words.js';
import { plainText } from './posts.js';

learn((await import(`./tour-${language}.js`)).default);

const TICK_MS = 100;
const READ_MS = 1_600; // to notice a caption
const LETTER_MS = 48; // to read one letter of it
const TYPE_MS = 28; // for a letter that somebody types
const POINT_MS = 1_200; // to see which button will be pressed
const WAIT_MS = 8_000; // for what must come of an act; longer, and it will not
const DEADLINES = 40; // other questions of the community may be due before ours
const CHAPTERS = 8;

const part = (id) => document.getElementById(id);
const still = matchMedia('(prefers-reduced-motion: reduce)');

class Stopped extends Error {}

/** `world` answers for the page: see where page.js makes it. */
export function tour(world) {
  const { state } = world;
  let run = null; // {paused, skip, stopped, over, home}
  fillWords(part('room'));

  // ---- time

  async function tick() {
    await new Promise((go) => { setTimeout(go, TICK_MS); });
    if (run.stopped) throw new Stopped();
  }

  async function rest(ms) {
    run.skip = false;
    for (let left = ms; (left > 0 || run.paused) && !run.skip;) {
      await tick();
      if (!run.paused) left -= TICK_MS * Number(part('tour-speed').value);
    }
    run.skip = false;
  }

  async function until(find, ms = WAIT_MS) {
    for (let left = ms; left > 0; left -= TICK_MS) {
      const found = find();
      if (found) return found;
      await tick();
    }
    return null;
  }

  // ---- the stage

  async function say(key, values = {}) {
    const words = t(key, values);
    part('caption').textContent = words;
    await rest(READ_MS + words.length * LETTER_MS);
  }

  const chapter = (number) => { part('tour-place').textContent = t('tour_place', { number, of: CHAPTERS }); };

  async function show(person, channel) {
    if (state.me !== person) {
      world.become(person);
      await until(() => state.greeted);
    }
    const key = world.channelOf(channel) ? channel : state.channels[0].key;
    if (state.channel !== key) world.openChannel(key);
    point(part('me'));
    await rest(500);
  }

  function point(node) {
    document.querySelector('.shown')?.classList.remove('shown');
    node?.classList.add('shown');
  }

  async function write(text, replyTo) {
    const pace = TYPE_MS / Number(part('tour-speed').value);
    if (!still.matches) {
      for (let end = 1; end < text.length; end += Math.ceil(TICK_MS / 2 / pace)) {
        world.box.write(text.slice(0, end));
        await tick();
      }
    }
    world.box.write(text);
    await rest(500);
    world.send({ do: 'say', channel: state.channel, text, reply_to: replyTo ?? null });
    world.box.write('');
  }

  // ---- what is there

  const cases = () => world.inside.picture()?.cases ?? [];
  const caseOf = (id) => cases().find((one) => one.id === id);
  const posts = () => [...state.posts.values()];
  const face = (post, verb, id) => post.deleted ? null : post.buttons.find(({ data }) => new RegExp(`^\\w+:${verb}\\d*:${id}$`).test(data));
  const postWith = (verb, id) => posts().findLast((post) => face(post, verb, id));
  const reaches = (id, ...stages) => until(() => {
    const found = caseOf(id);
    return found && stages.includes(found.stage) ? found : null;
  });

  /** Presses the button for everybody to see; false when there is none to press. */
  async function press(verb, id) {
    const post = await until(() => postWith(verb, id));
    if (!post) return false;
    const { data } = face(post, verb, id);
    if (state.channel !== post.channel) world.openChannel(post.channel);
    const button = () => world.itemOf(post.key)?.querySelector(`[data-focus="press ${CSS.escape(data)}"]`);
    button()?.scrollIntoView({ block: 'center' });
    point(button());
    await rest(POINT_MS);
    world.press(post, data);
    return true;
  }

  /** Asks in the help channel; the number of the case that came of it. */
  async function ask(customer, text) {
    const before = new Set(cases().map(({ id }) => id));
    const opened = () => cases().find(({ id, asker }) => !before.has(id) && asker === customer.name);
    await write(text);
    let found = await until(opened);
    if (!found) {
      await say('tour_not_heard', { name: customer.name });
      await write(`/ask ${text}`);
      found = await until(opened);
    }
    if (!found) await say('tour_no_case', { words: plainText(posts().findLast(({ author }) => author.bot) ?? { pieces: [] }) });
    return found?.id ?? null;
  }

  // ---- the story

  async function knownQuestion({ customer, ambassadors, question: [text, title] }) {
    chapter(1);
    await say('tour_ask', { name: customer.name });
    const id = await ask(customer, text);
    if (!id) return;
    chapter(2);
    if (caseOf(id).stage === 'suggested') {
      await say('tour_suggested', { title });
      await say('tour_person', { name: customer.name });
      await press('ask', id);
    } else await say('tour_not_suggested');
    const called = await reaches(id, 'calling', 'handed_off');
    if (called?.stage !== 'calling') return void await say('tour_nobody_free');
    chapter(3);
    world.inside.offer();
    await say('tour_called');
    await show(ambassadors[0], 'ambassadors');
    const call = await until(() => postWith('take', id));
    const helper = state.people.find(({ key }) => key === call?.pings[0]) ?? ambassadors[0];
    if (!call) return void await say('tour_differs');
    await show(helper, call.channel);
    await say('tour_helper', { name: helper.name });
    await press('take', id);
    if (!await reaches(id, 'claimed')) return void await say('tour_differs');
    chapter(4);
    await say('tour_taken', { name: helper.name });
    await show(helper, caseOf(id).channel);
    await write(t('tour_answer', { title }), caseOf(id).post);
    await reaches(id, 'answered');
    chapter(5);
    await say('tour_answered', { name: customer.name });
    const balance = () => world.inside.picture()?.points.find(({ name }) => name === helper.name)?.points ?? 0;
    const before = balance();
    await show(customer, caseOf(id).channel);
    await press('accept', id);
    if (!await reaches(id, 'resolved')) return void await say('tour_differs');
    await until(() => balance() > before, 2_000);
    await say('tour_solved', { name: helper.name, points: balance() - before, balance: balance() });
  }

  async function oddQuestion({ customer, staff, odd }) {
    chapter(6);
    await show(customer, 'help');
    await say('tour_odd', { name: customer.name });
    const id = await ask(customer, odd);
    if (!id) return;
    if (caseOf(id).stage === 'suggested') {
      await say('tour_odd_suggested');
      await press('ask', id);
      await reaches(id, 'calling', 'handed_off');
    }
    chapter(7);
    await show(staff, 'staff');
    await say(caseOf(id).stage === 'calling' ? 'tour_clock' : 'tour_nobody_free', { name: staff.name });
    for (let left = DEADLINES; left > 0 && caseOf(id)?.stage === 'calling'; left -= 1) {
      const { offset, due } = state.clock;
      point(part('next'));
      await say('tour_forward', { due: t(`due_${due ?? 'sent'}`) });
      world.send({ do: 'clock', to_next: true });
      await until(() => state.clock.offset !== offset, 2_000);
      await until(() => caseOf(id)?.stage !== 'calling', 1_000);
    }
    chapter(8);
    const dossier = await until(() => postWith('stake', id));
    if (!dossier) return void await say('tour_no_desk');
    world.openChannel(dossier.channel);
    await say('tour_dossier', { name: staff.name });
    await press('stake', id);
    await until(() => caseOf(id)?.holder);
    await write(t('tour_staff_answer'), dossier.key);
    await say('tour_staff_wrote', { name: customer.name });
    await show(customer, caseOf(id)?.channel ?? 'help');
    const passedOn = () => posts().findLast((post) => post.author.bot && plainText(post).includes(t('tour_staff_answer')));
    await write(t('tour_thanks', { name: staff.name }), (await until(passedOn))?.key);
    await say(await reaches(id, 'resolved') ? 'tour_read' : 'tour_read_open', { name: customer.name });
  }

  async function play(plan) {
    await show(plan.customer, 'help');
    await until(() => world.inside.picture());
    await say('tour_hello', { brand: state.brand, name: plan.customer.name });
    if (plan.question) await knownQuestion(plan);
    else await say('tour_no_article');
    await oddQuestion(plan);
    part('caption').textContent = t('tour_end', { brand: state.brand, name: state.me.name });
  }

  // ---- beginning and ending

  /** Who plays in the language of the page, or in the bot's own; `null` without a story to play. */
  function plan() {
    const found = world.tour();
    const of = (role) => state.people.filter((person) => person.role === role);
    const customer = state.people.find(({ key }) => key === found?.by);
    if (!customer) return null;
    return { ...found, customer, ambassadors: of('ambassador'), staff: of('staff')[0] };
  }

  function drawControls() {
    const playing = Boolean(run) && !run.over;
    part('tour-pause').hidden = part('tour-next').hidden = part('tour-speed').hidden = !playing;
    part('tour-pause').textContent = t(run?.paused ? 'tour_go_on' : 'tour_pause');
    part('tour-stop').textContent = t(playing ? 'tour_stop' : 'tour_done');
    if (!playing) part('tour-place').textContent = '';
  }

  async function start() {
    const found = plan();
    if (run || !found) return;
    run = { paused: false, home: state.me };
    part('tour').hidden = false;
    world.drawStory();
    world.inside.help(true);
    drawControls();
    part('tour-pause').focus();
    try {
      await play(found);
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
    } finally {
      point(null);
      world.box.write('');
      world.inside.help(false);
      run.over = true;
      drawControls();
    }
    if (run.stopped) leave();
    else part('tour-stop').focus();
  }

  function leave() {
    const { home } = run;
    run = null;
    part('tour').hidden = true;
    if (home !== state.me) world.become(home);
    world.drawStory();
    world.box.focus();
  }

  part('tour-pause').addEventListener('click', () => {
    run.paused = !run.paused;
    drawControls();
  });
  part('tour-next').addEventListener('click', () => { run.skip = true; });
  part('tour-stop').addEventListener('click', () => {
    if (run.over) leave();
    else run.stopped = true;
  });

  return { start, playing: () => Boolean(run) };
}
