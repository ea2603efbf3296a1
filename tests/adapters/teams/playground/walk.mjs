// Walks through the playground as a person would, and prints a line for each thing that was seen: `node walk.mjs URL
// CHROMIUM [FOLDER]`. With a folder it leaves pictures there. At "digest" it waits until one has come.
import puppeteer from "puppeteer-core";

const [url, chromium, folder] = process.argv.slice(2);
const PATIENCE = 60_000;
const LOCAL = new Set(["localhost", "127.0.0.1", ""]);

const browser = await puppeteer.launch({
  executablePath: chromium,
  args: ["--no-sandbox", "--disable-gpu"],
  defaultViewport: { width: 1400, height: 1100 },
});
const page = await browser.newPage();
await page.setRequestInterception(true);
page.on("request", (one) => (LOCAL.has(new URL(one.url()).hostname) ? one.continue() : one.abort()));

const told = (line) => console.log(line);
const count = (text) => page.evaluate((text) => document.body.innerText.split(text).length - 1, text);
async function see(text, times = 0) {
  await page.waitForFunction(
    (text, times) => document.body.innerText.split(text).length - 1 > times,
    { timeout: PATIENCE, polling: 100 },
    text,
    times,
  );
}
async function press(name) {
  const find = (name) =>
    [...document.querySelectorAll("button, [role=treeitem], [role=option]")]
      .filter((one) => one.innerText.trim().startsWith(name) || one.getAttribute("aria-label") === name)
      .pop();
  const handle = await page.waitForFunction(find, { timeout: PATIENCE, polling: 100 }, name);
  await handle.evaluate((one) => (one.scrollIntoView({ block: "center" }), one.click()));
}
async function pressFirst(below) {
  const find = (below) =>
    [...document.querySelectorAll("button")].find((one) => {
      const card = one.closest(".ac-adaptiveCard");
      return card && card.innerText.includes(below);
    });
  const handle = await page.waitForFunction(find, { timeout: PATIENCE, polling: 100 }, below);
  await handle.evaluate((one) => (one.scrollIntoView({ block: "center" }), one.click()));
}
async function write(text) {
  const editor = await page.waitForSelector('[contenteditable="true"]', { timeout: PATIENCE });
  await editor.click();
  await page.keyboard.type(text);
}
async function say(text) {
  await write(text);
  await page.keyboard.press("Enter");
}
async function mention(text, send) {
  await write("@");
  const find = () => [...document.querySelectorAll("div, li, span")].filter((one) => one.innerText?.trim() === "Daytwo").pop();
  const name = await page.waitForFunction(find, { timeout: PATIENCE, polling: 100 });
  await name.click();
  await page.keyboard.type(` ${text}`);
  await send();
}
async function look(name, text, height = 1100) {
  if (!folder) return;
  await page.setViewport({ width: 1400, height });
  const scroll = (text) => {
    const found = [...document.querySelectorAll("p, div, span")].filter((one) => one.innerText?.includes(text));
    found.pop()?.scrollIntoView({ block: "center" });
  };
  if (text) await page.evaluate(scroll, text);
  await new Promise((done) => setTimeout(done, 500));
  await page.screenshot({ path: `${folder}/teams-${name}.png`, clip: { x: 330, y: 50, width: 740, height: height - 165 } });
}
async function inTurn(name, step) {
  try {
    await step();
  } catch (error) {
    if (folder) await page.screenshot({ path: `${folder}/failed.png` });
    throw error;
  }
  told(name);
}

await page.goto(url, { waitUntil: "domcontentloaded" });
await inTurn("greeted", () => see("I answer from your documents"));

await inTurn("consent", async () => {
  await press("Learn from what I write");
  await see("From now on I learn from what you write.");
});
await inTurn("asked back", async () => {
  await say("What does the retention mean for the migration?");
  await see("One question first");
  await look("choice", "One question first", 700);
});
await inTurn("picked", async () => {
  const before = await count("Simpler");
  await pressFirst("One question first");
  await see("Simpler", before);
});
await inTurn("answered", async () => {
  const before = await count("Simpler");
  await say("I am a data architect. How long are messages kept?");
  await see("Simpler", before);
  await look("answer", "I am a data architect.", 800);
});
await inTurn("why", async () => {
  await press("Why this answer");
  await see("sure that a direct answer would be right");
  await look("why", "Why this answer", 800);
});
await inTurn("rated", async () => {
  await press("Dislike");
  await see("What went wrong?");
  const area = await page.waitForSelector("[role=dialog] textarea, [role=dialog] [contenteditable=true]");
  await area.click();
  await page.keyboard.type("too basic for me");
  await press("Submit");
  await see("We appreciate your feedback");
  await press("Close");
  await page.waitForFunction(() => !document.querySelector("[role=dialog]"), { timeout: PATIENCE, polling: 100 });
});
await inTurn("home", async () => {
  const before = await count("What the champion sees of you");
  await say("home");
  await see("What the champion sees of you", before);
  await look("home", "What I believe about you", 1100);
});
await inTurn("digest", async () => {
  told("send a digest");
  await page.waitForSelector('img[src^="data:image/png"]', { timeout: PATIENCE });
  await look("digest", "Last time's steps", 2250);
});
await inTurn("group", async () => {
  await press("Pilot group");
  await mention("how long are messages kept?", () => page.keyboard.press("Enter"));
  await see("365 days");
  await look("group", "", 700);
});
await inTurn("channel", async () => {
  await press("General");
  await mention("how long are messages kept?", () => press("Post"));
  await see("365 days");
  await look("channel", "", 760);
});
await browser.close();
