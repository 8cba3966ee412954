//! Turkish, Indonesian, Vietnamese.

use super::{Cue, Lists};

pub(super) const TURKISH: Lists = Lists {
    language: "tr",
    common: "ve bir bu da de için ile ben sen o biz siz var yok mı mi mu mü ne nasıl neden \
        niye nerede \
        kim hangi kaç çok daha ama veya gibi kadar bana benim sana olarak olan değil şu her en \
        sonra önce şey nedir oldu ise ki bunu hiç",
    cues: &[
        (
            Cue::AskInPlace,
            "nasıl, neden, niye, niçin, ne, nerede, nereden, nereye, neresi, kim, kimin, kime, \
             kimi, kimdir, kimler, hangi, hangisi, kaç, kaçta, kaçıncı, ne zaman, ne kadar, \
             nedir, nelerdir, neyi, neye, neydi, nerde, ne tür, hangisidir, kaçtı, kaçtır, neresidir, \
             kimdi",
        ),
        (Cue::Turned, "acaba, bilen var, var mı, kimse, biri, bilen"),
        (
            Cue::Particle,
            "mı, mi, mu, mü, mıyım, miyim, muyum, müyüm, mıyız, miyiz, musunuz, misiniz, mısınız, \
             müsünüz, mısın, misin, musun, müsün, mıdır, midir, mudur, müdür, mıydı, miydi",
        ),
        (
            Cue::HowTo,
            "nasıl yapabilirim, nasıl yaparım, nasıl yapılır, nasıl değiştiririm, \
             nasıl değiştirebilirim, nasıl kurarım, nasıl bağlarım, nasıl çözerim, \
             nasıl çözebilirim, nasıl açarım, nasıl kapatırım, ne yapmalıyım, ne yapabilirim, \
             ne yapmam, nereden bulabilirim, nerede bulabilirim, nereden, farkı nedir, \
             neden çalışmıyor, neden olmuyor, ne demek",
        ),
        (
            Cue::Help,
            "yardım, yardımcı, yardım edin, yardım eder, yardım edebilir, yardım lazım, \
             bilen var, bilen var mı, bilen biri, fikri olan, fikri var mı, var mı bilen, \
             önerisi olan, öneri, öneriniz, önerir, tavsiye, mümkün mü, sorum var, bir sorum, \
             soru, merak ediyorum, sormak istiyorum, öğrenmek istiyorum, anlamadım, anlamıyorum, \
             bilmiyorum, bulamadım, bulamıyorum, yapamıyorum, yapamadım, çözemedim, takıldım, \
             sorun yaşıyorum, problem yaşıyorum, sıkıntı yaşıyorum, lütfen, açıklar, acaba",
        ),
        (
            Cue::Wish,
            "istiyorum, lazım, gerekiyor, arıyorum, çalışıyorum, denedim, deniyorum, \
             ihtiyacım var",
        ),
        (
            Cue::Problem,
            "çalışmıyor, çalışmadı, çalışmıyorlar, açılmıyor, bağlanmıyor, bağlanamıyorum, \
             yüklenmiyor, olmuyor, olmadı, gelmiyor, gelmedi, görünmüyor, görmüyor, giremiyorum, \
             yapamıyorum, alamıyorum, edemiyorum, kapanıyor, kesiliyor, kopuyor, donuyor, \
             takılıyor, çöküyor, hata veriyor, hata alıyorum, diyor, bozuldu, bozuk, kayboldu, \
             unuttum, kilitlendi, yanıp sönüyor, çok yavaş, internet yok, bağlantı yok, \
             sinyal yok, sürekli, birden, artık, reddedildi",
        ),
        (Cue::Fault, "hata, hatası, hatayı, sorun, sorunu, problem, arıza, sıkıntı, bug"),
        (Cue::Mine, "ben, benim, bana, beni, bende, biz, bizim, bize"),
        (Cue::You, "sen, senin, sana, seni, sende, siz, sizin, size, sizde"),
        (Cue::Someone, "kimse, biri, birisi, bilen, olan, arkadaşlar, millet"),
        (
            Cue::Back,
            "hangi sürüm, hangi versiyon, hangi model, hangi hata, denedin mi, denediniz mi, \
             ne diyorsun, nasıl yani, ne demek istiyorsun, sen, var mı sende, yaptın mı",
        ),
        (
            Cue::SmallTalk,
            "nasılsın, nasılsınız, naber, ne haber, nbr, napıyorsun, ne yapıyorsun, nerelisin, \
             kimse var mı, biri var mı, gerçekten mi, cidden mi, ciddi misin, \
             bir şey sorabilir miyim, iyi misin",
        ),
        (Cue::TagEnd, "değil mi, di mi, dimi, tamam mı, mı, öyle mi, he, ok, yoksa, olur mu"),
        (
            Cue::Greeting,
            "merhaba, selam, selamlar, günaydın, iyi günler, iyi akşamlar, selamün aleyküm, sa, \
             slm, merhabalar",
        ),
        (
            Cue::Thanks,
            "teşekkürler, teşekkür ederim, teşekkür, tşk, tşkler, sağol, sağ ol, sağolun, \
             sağ olun, eyvallah, çözüldü, düzeldi, şimdi oldu, oldu teşekkürler",
        ),
        (Cue::Declined, "hayır teşekkürler, yok teşekkürler, yine de teşekkürler, teşekkürler ama"),
        (Cue::Advance, "şimdiden, bilen varsa, varsa"),
        (
            Cue::Advice,
            "deneyin, dene, yapabilirsin, yapmalısın, bence, sanırım, galiba, belki, muhtemelen, \
             istersen, kullan, bak, bakın, tavsiye ederim",
        ),
        (
            Cue::Offer,
            "yardım lazımsa, yardıma ihtiyacın varsa, ihtiyacı olan varsa, yardımcı olabilirim, \
             yardım edebilirim, haber ver, haber verin, sorun varsa, sorunuz varsa, \
             sorabilirsin, sorabilirsiniz",
        ),
        (Cue::Told, "ne güzel, ne yazık, ne kadar güzel"),
        (
            Cue::Answer,
            "evet, hayır, yok, tamam, ok, aynen, doğru, tabii, tabi, güzel, süper, rica ederim, \
             ha, anladım, peki",
        ),
        (Cue::Laugh, "haha, lol, hahaha, ahah, xd"),
        (
            Cue::Filler,
            "ve, ama, ya, peki, o, zaman, bir, arkadaşlar, hocam, millet, lütfen, pardon, bu, de, \
             da, yani, şimdi",
        ),
        (Cue::But, "ama, fakat, ancak"),
    ],
    within: &[],
};

pub(super) const INDONESIAN: Lists = Lists {
    language: "id",
    common: "yang dan di ke dari ini itu untuk dengan tidak ada saya aku kamu anda dia \
        kami kita \
        mereka apa apakah bagaimana gimana kenapa mengapa kapan siapa mana bisa sudah belum akan \
        pada juga atau tapi kalau gak ga nggak tak bukan saja lagi sih dong nya karena seperti \
        jika oleh adalah dalam",
    cues: &[
        (Cue::Ask, "bagaimana, gimana, kenapa, mengapa, berapa, apa itu, siapakah, berapakah"),
        (Cue::AskInPlace, "negara mana, kota mana, bagian mana, tahun berapa, pada tahun berapa"),
        (
            Cue::AskFirst,
            "apa, kapan, siapa, di mana, dimana, ke mana, kemana, dari mana, darimana, yang mana, \
             seperti apa, apaan, knp, gmn, apa yang, mana",
        ),
        (
            Cue::Turned,
            "apakah, apa ada, ada yang, adakah, bisakah, bisa, bolehkah, boleh, haruskah, \
             ada cara, ada solusi, ada, apa bisa",
        ),
        (Cue::Particle, "apakah, adakah, bisakah, bolehkah, benarkah, haruskah, siapakah, kah"),
        (
            Cue::HowTo,
            "bagaimana cara, gimana cara, cara, caranya, bagaimana saya, gimana saya, \
             bagaimana agar, gimana biar, di mana saya, dimana saya, apa yang harus, \
             harus bagaimana, apa bedanya, apa artinya, kenapa tidak, kenapa gak, kenapa saya, \
             mengapa saya, kenapa tidak bisa, berapa lama, berapa harga, ke siapa",
        ),
        (
            Cue::Help,
            "bantu, bantuan, tolong, mohon bantuan, mohon bantuannya, minta tolong, \
             butuh bantuan, bantuin, ada yang tahu, ada yang tau, ada yang bisa, ada yang pernah, \
             ada yang punya, ada ide, ada saran, saran, sarannya, ada solusi, solusinya, solusi, \
             apakah bisa, apakah mungkin, apakah ada, adakah, mau tanya, mau nanya, \
             ingin bertanya, ingin tanya, izin bertanya, izin tanya, tanya dong, pertanyaan, \
             bingung, tidak mengerti, gak ngerti, ga ngerti, tidak paham, gak paham, \
             tidak tahu cara, gak tau cara, gatau, tidak menemukan, ada masalah, punya masalah, \
             kesulitan, rekomendasi, rekomendasinya, mohon, pencerahan, bisa bantu, jelaskan",
        ),
        (
            Cue::Wish,
            "saya ingin, saya mau, aku mau, ingin, saya butuh, saya perlu, saya mencoba, \
             saya coba, sudah coba, sudah mencoba, mencari, saya cari",
        ),
        (
            Cue::Problem,
            "tidak bisa, gak bisa, ga bisa, nggak bisa, gabisa, tdk bisa, tidak berfungsi, \
             tidak jalan, gak jalan, tidak muncul, gak muncul, tidak terhubung, gak konek, \
             tidak konek, tidak menyala, tidak terdeteksi, tidak merespon, tidak masuk, \
             belum masuk, belum sampai, belum terima, putus, putus putus, terputus, mati, \
             mati terus, rusak, hilang, lupa, terblokir, diblokir, lemot, lambat, berkedip, \
             macet, hang, crash, gagal, keluar sendiri, muncul pesan, terus menerus, tiba tiba, \
             selalu, ditolak, terpotong",
        ),
        (Cue::Fault, "error, eror, masalah, kendala, gangguan, kesalahan, bug, trouble"),
        (Cue::Mine, "saya, aku, gue, gw, ku, kami, kita, punyaku, sy"),
        (Cue::You, "kamu, anda, kalian, lo, lu, elo, mu, agan, kak"),
        (Cue::Someone, "ada yang, seseorang, teman teman, semua, guys, gan, kakak"),
        (
            Cue::Back,
            "versi berapa, versi apa, model apa, tipe apa, error apa, maksudnya, maksud kamu, \
             maksudnya apa, sudah dicoba, udah dicoba, sudah coba belum, kamu sudah, kamu pakai, \
             pakai apa, yang mana",
        ),
        (
            Cue::SmallTalk,
            "apa kabar, gimana kabar, lagi apa, lagi ngapain, dari mana, asal mana, ada orang, \
             ada orang di sini, ada siapa, serius, beneran, masa sih, boleh tanya, boleh nanya",
        ),
        (
            Cue::TagEnd,
            "kan, ya, yah, bukan, benar, ok, gak, tidak, dong, iya kan, betul, serius, sih",
        ),
        (
            Cue::Greeting,
            "halo, hai, hi, selamat pagi, selamat siang, selamat sore, selamat malam, pagi, \
             siang, sore, malam, assalamualaikum, permisi",
        ),
        (
            Cue::Thanks,
            "terima kasih, terimakasih, makasih, makasi, trims, thanks, tq, mksh, nuhun, suwun, \
             sudah bisa, udah bisa, berhasil",
        ),
        (Cue::Declined, "tidak terima kasih, makasih tapi, terima kasih tapi"),
        (Cue::Advance, "sebelumnya, sebelum nya, atas bantuannya, kalau ada yang"),
        (
            Cue::Advice,
            "coba, kamu bisa, anda bisa, harus, sebaiknya, pakai, gunakan, cek, lihat, \
             menurut saya, mungkin, kayaknya, sepertinya, tergantung, kalau mau, silakan, tinggal",
        ),
        (
            Cue::Offer,
            "kalau butuh, kalau perlu, kalau ada pertanyaan, kalo butuh, kalo ada pertanyaan, \
             saya bisa bantu, aku bisa bantu, saya bantu, silakan tanya, silahkan tanya, tanya \
             aja, tanya saja, kabari, kabarin",
        ),
        (Cue::Told, "apa lagi, apa pun, siapa tau, siapa tahu"),
        (
            Cue::If,
            "kalau, kalo, jika, bila, selain, menurut, ketika, saat, meskipun, setelah, sebelum, \
             karena",
        ),
        (
            Cue::Answer,
            "iya, ya, tidak, bukan, ok, oke, betul, benar, siap, sip, bagus, mantap, sama sama, \
             oh, sudah, belum, maaf",
        ),
        (Cue::Laugh, "haha, wkwk, wkwkwk, hehe, lol, hihi, awok"),
        (
            Cue::Filler,
            "dan, tapi, atau, lalu, terus, jadi, oh, di, ke, dari, pada, dengan, untuk, dalam, \
             gan, kak, min, mas, om, guys, semua, maaf, permisi, ok, mau, tanya, itu, pak, bang, \
             bu",
        ),
        (Cue::But, "tapi, tetapi, namun"),
    ],
    within: &[],
};

pub(super) const VIETNAMESE: Lists = Lists {
    language: "vi",
    common: "là của và có không được cho với này các một những trong đã đang để người tôi bạn \
        mình em \
        anh ở ra khi thì mà nhưng như về cũng gì nào sao làm ai đâu bị vào từ năm hay nó lại đến",
    cues: &[
        (
            Cue::AskInPlace,
            "gì, nào, sao, ai, đâu, tại sao, vì sao, thế nào, như thế nào, khi nào, bao giờ, \
             bao nhiêu, bao lâu, mấy, ở đâu, từ đâu, là gì, là ai, làm sao, ra sao, cái gì, \
             điều gì, việc gì, những gì, loại nào, hồi nào",
        ),
        (Cue::Turned, "có ai, có phải, liệu, có thể, có cách, ai biết"),
        (Cue::Particle, "phải không, không ạ, được không, chưa ạ, hả, à, chăng, hay không"),
        (
            Cue::HowTo,
            "làm sao để, làm thế nào, làm sao, cách nào, cách để, tôi phải làm, phải làm sao, \
             tại sao không, sao không, khác nhau",
        ),
        (
            Cue::Help,
            "giúp, giúp tôi, giúp mình, giúp em, giúp với, cứu, ai biết, có ai biết, cho hỏi, \
             cho mình hỏi, cho em hỏi, xin hỏi, hỏi, câu hỏi, không biết làm, không hiểu, \
             không biết cách, không tìm thấy, tư vấn, hướng dẫn, chỉ mình",
        ),
        (Cue::Wish, "tôi muốn, mình muốn, em muốn, cần, đang cố, đang tìm, đã thử"),
        (
            Cue::Problem,
            "không hoạt động, không được, không vào được, không kết nối, không chạy, không lên, \
             không mở, bị lỗi, bị mất, bị treo, bị ngắt, mất mạng, rớt mạng, chậm, quên mật khẩu, \
             cứ bị, hỏng",
        ),
        (Cue::Fault, "lỗi, vấn đề, sự cố, trục trặc"),
        (Cue::Mine, "tôi, mình, em, tớ, chúng tôi, của tôi"),
        (Cue::You, "bạn, anh, chị, các bạn"),
        (Cue::Someone, "ai, có ai, mọi người, anh em, các bác"),
        (Cue::Back, "bạn đã, bạn có, bạn dùng, phiên bản nào, ý bạn là, đã thử chưa"),
        (
            Cue::SmallTalk,
            "bạn khỏe không, khỏe không, có ai không, có ai ở đây, thật không, bạn ở đâu, thật à",
        ),
        (Cue::TagEnd, "nhỉ, nhé, à, hả, đúng không, phải không"),
        (Cue::Greeting, "chào, xin chào, chào mọi người, hello, chào bạn"),
        (Cue::Thanks, "cảm ơn, cám ơn, cảm ơn bạn, tks, được rồi"),
        (Cue::Declined, "không cảm ơn, cảm ơn nhưng"),
        (Cue::Advance, "trước, xin cảm ơn trước"),
        (Cue::Advice, "bạn có thể, bạn nên, thử, hãy, tôi nghĩ, có lẽ, chắc, nếu bạn"),
        (Cue::Offer, "nếu cần, cứ hỏi, mình có thể giúp bạn, mình giúp được"),
        (Cue::If, "nếu, theo, ngoài, khi, mặc dù, sau khi, trước khi, vì"),
        (Cue::Answer, "vâng, dạ, có, không, ok, đúng, ừ, rồi"),
        (Cue::Laugh, "haha, hihi, kkk"),
        (Cue::Filler, "và, nhưng, thì, vậy, ạ, ơi, mọi, người, các, bạn, trong, vào, ở, với, từ"),
        (Cue::But, "nhưng, nhưng mà"),
    ],
    within: &[],
};
